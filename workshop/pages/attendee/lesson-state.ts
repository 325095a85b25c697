import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../terminal/user-error.ts';
import { exerciseOf } from '../../guide/exercise.ts';
import { lessonOf, readHints } from '../../guide/lesson.ts';
import { myFolder, mySources } from '../../guide/my-folder.ts';
import { keyOf, readProgress } from '../../guide/progress.ts';
import { type Question, quizOf } from '../../guide/quiz.ts';
import { experimentFile } from '../../proof/experiments.ts';
import type { Proof } from '../../proof/proof.ts';
import { reports } from '../../proof/report/report-files.ts';
import { snapshotNumbered, twoDigits } from '../../snapshots.ts';
import { editorLink } from '../lesson/links.ts';
import { type Place, wordsOf } from '../lesson/markdown.ts';
import type { ExerciseShown, Graded, LessonState, ProofShown, QuestionShown, Words } from '../protocol.ts';
import { showProof } from './proof-shown.ts';

/** Where an attendee stands in a lesson, and what there is to do. */
export async function lessonState(factor: number, repository: string): Promise<LessonState> {
  const progress = await readProgress(repository);
  const words = wordsIn(factor, repository);
  const hints = await readHints(factor, repository);
  const seen = progress[keyOf(factor)]?.hints ?? 0;
  const [given, mine] = await Promise.all([
    lastOf(`proof-${twoDigits(factor)}`, repository),
    lastOf(`proof-${twoDigits(factor)}-mine`, repository),
  ]);
  return {
    begun: existsSync(join(repository, myFolder(factor))),
    exercise: await orSentence(`Factor ${factor} has no exercise yet.`, () => showExercise(factor, repository)),
    hints: { shown: hints.slice(0, seen).map(words), total: hints.length },
    quiz: await orSentence(`Factor ${factor} has no quiz yet.`, async () =>
      (await quizOf(factor, repository)).map((one) => showQuestion(one, words)),
    ),
    ...(given && { given }),
    ...(mine && { mine }),
  };
}

/** @throws UserError where there is no such question, or no such answer */
export async function gradeOf(factor: number, answers: readonly number[], repository: string): Promise<Graded> {
  const question = (await quizOf(factor, repository))[answers.length - 1];
  const number = answers.at(-1) ?? -1;
  const chosen = question?.answers[number];
  if (!question || !chosen) {
    throw new UserError('There is no such answer.');
  }
  const words = wordsIn(factor, repository);
  const best = question.answers.findIndex(({ isRight }) => isRight);
  const isRight = chosen.isRight === true;
  const because = words(chosen.because);
  const better = question.answers[best];
  return {
    ...{ isRight, because },
    ...(!isRight && better && { better: { number: best, because: words(better.because) } }),
  };
}

/** How many of the answers of a whole quiz are right; undefined where it is not whole. */
export async function rightOf(
  factor: number,
  answers: readonly number[],
  repository: string,
): Promise<number | undefined> {
  const questions = await quizOf(factor, repository);
  if (answers.length !== questions.length) {
    return undefined;
  }
  return questions.filter((question, i) => question.answers[answers[i] ?? -1]?.isRight === true).length;
}

const wordsIn = (factor: number, repository: string): ((text: string) => Words[]) => {
  const place: Place = { page: lessonOf(factor), repository };
  return (text) => wordsOf(text, place);
};

async function showExercise(factor: number, repository: string): Promise<ExerciseShown> {
  const { task, minutes } = await exerciseOf(factor, repository);
  const files = await mySources(factor, repository);
  return {
    ...{ minutes, folder: myFolder(factor), task: wordsIn(factor, repository)(task) },
    files: files.map((file) => ({
      text: file.slice(myFolder(factor).length + 1),
      href: editorLink(repository, file),
    })),
    hasFurther: existsSync(join(repository, experimentFile(factor, 'further'))),
  };
}

const showQuestion = ({ ask, answers }: Question, words: (text: string) => Words[]): QuestionShown => ({
  ask: words(ask),
  answers: answers.map(({ text }) => words(text)),
});

/** What a lesson does not have yet is no failure of its page. */
async function orSentence<Value>(sentence: string, read: () => Promise<Value>): Promise<Value | string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) {
      return sentence;
    }
    throw error;
  }
}

async function lastOf(name: string, repository: string): Promise<ProofShown | undefined> {
  const file = join(repository, reports, `${name}.json`);
  if (!existsSync(file)) {
    return undefined;
  }
  return showProof(JSON.parse(await readFile(file, 'utf8')) as Proof, reportAt(name, repository));
}

/** The address of a report that is there; empty where it is not. */
export const reportAt = (name: string, repository: string): string =>
  existsSync(join(repository, reports, `${name}.html`)) ? `/reports/${name}.html` : '';

/** The title of a lesson. */
export const titleOf = (factor: number): string => {
  const { factor: name, title } = snapshotNumbered(factor);
  return `Factor ${factor}, ${name}: ${title}`;
};
