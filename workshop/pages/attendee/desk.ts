import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../terminal/user-error.ts';
import { tellWhereIStand } from '../../guide/attendance.ts';
import { begin } from '../../guide/begin.ts';
import { problemsOf } from '../../guide/check.ts';
import { readHints } from '../../guide/lesson.ts';
import { myFolder } from '../../guide/my-folder.ts';
import { noteProgress } from '../../guide/progress.ts';
import { reset } from '../../guide/reset.ts';
import { applyVariant } from '../../guide/solution.ts';
import type { ProofRunner } from '../proofs/proof-runner.ts';
import type { Answered, LessonRequest } from '../protocol.ts';
import { gradeOf, rightOf } from './lesson-state.ts';
import { problemLines } from './problem-lines.ts';

export interface DeskOptions {
  readonly repository: string;
  readonly runner: ProofRunner;
  readonly signal: AbortSignal;
}

/** Does what the page of a lesson asks for, as the commands do. @throws UserError with what is to be told */
export async function serve(factor: number, request: LessonRequest, options: DeskOptions): Promise<Answered> {
  const { repository, runner } = options;
  switch (request.action) {
    case 'prove':
      runner.start(factor, request.whose);
      return { says: '' };
    case 'watch':
      return watch(factor, options);
    case 'stop':
      runner.stop();
      return { says: '' };
    case 'check':
      return await check(factor, options);
    case 'hint':
      return await hint(factor, repository);
    case 'answer':
      return await answer(factor, request.answers, repository);
    default:
      return await change(factor, request.action, options);
  }
}

async function change(factor: number, action: 'try' | 'apply' | 'reset', options: DeskOptions): Promise<Answered> {
  const { repository, runner, signal } = options;
  const { run } = runner;
  if (run?.factor === factor && run.is !== 'ended') {
    throw new UserError('This factor is being proved. Wait for that, or stop it.');
  }
  const done: string[] = [];
  if (action === 'try') {
    await begin(factor, repository);
    done.push(`${myFolder(factor)} holds snapshot ${factor - 1}, with something left to do.`);
  } else if (action === 'apply') {
    const aside = await applyVariant(factor, 'solution', repository);
    done.push(`${myFolder(factor)} holds the solution.`, ...(aside ? [`What was there is kept in ${aside}.`] : []));
  } else {
    await reset({ factors: [factor], repository, signal, onDone: (line) => done.push(`${line}.`) });
  }
  await tellWhereIStand(repository);
  return { says: done.join(' ') || 'There was nothing to reset.' };
}

function watch(factor: number, { repository, runner }: DeskOptions): Answered {
  if (!existsSync(join(repository, myFolder(factor)))) {
    throw new UserError(`There is no ${myFolder(factor)} to watch. Begin first.`);
  }
  runner.start(factor, 'mine', true);
  return { says: '' };
}

async function check(factor: number, { repository, signal }: DeskOptions): Promise<Answered> {
  const problems = await problemsOf(factor, repository, signal);
  if (problems.length === 0) {
    return { says: 'It compiles, and nothing is left to do. Prove it.' };
  }
  const says = `${problems.length === 1 ? 'One thing' : `${problems.length} things`} to put right before it can be proved:`;
  return { says, lines: problemLines(problems.join('\n'), repository) };
}

async function hint(factor: number, repository: string): Promise<Answered> {
  const hints = await readHints(factor, repository);
  await noteProgress(repository, factor, (known) => ({
    ...known,
    hints: Math.min((known.hints ?? 0) + 1, hints.length),
  }));
  return { says: '' };
}

async function answer(factor: number, answers: readonly number[], repository: string): Promise<Answered> {
  const graded = await gradeOf(factor, answers, repository);
  const right = await rightOf(factor, answers, repository);
  if (right !== undefined) {
    await noteProgress(repository, factor, (known) => ({ ...known, quiz: right }));
    await tellWhereIStand(repository);
  }
  return { says: right === undefined ? '' : `${right} of ${answers.length} right.`, graded };
}
