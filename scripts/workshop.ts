import { join } from 'node:path';
import { Argument } from 'commander';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { paintFor } from '../terminal/paint.ts';
import { showCode } from '../workshop/diff/patch.ts';
import { askQuiz } from '../workshop/guide/ask-quiz.ts';
import { begin } from '../workshop/guide/begin.ts';
import { exerciseOf } from '../workshop/guide/exercise.ts';
import { lessonOf, readHints } from '../workshop/guide/lesson.ts';
import { myFolder } from '../workshop/guide/my-folder.ts';
import { showOverview, standings } from '../workshop/guide/overview.ts';
import { keyOf, noteProgress, readProgress } from '../workshop/guide/progress.ts';
import { quizOf } from '../workshop/guide/quiz.ts';
import { reset } from '../workshop/guide/reset.ts';
import { applyVariant, solutionOf } from '../workshop/guide/solution.ts';
import { badInput, factorOf, factorsOf } from '../workshop/proof/pairs.ts';
import { snapshotNumbered } from '../workshop/snapshots.ts';

const actions = ['try', 'hint', 'solution', 'quiz', 'reset'] as const;
type Action = (typeof actions)[number];

const repository = join(import.meta.dirname, '..');
const paint = paintFor(process.stdout);

const program = command(
  'workshop',
  'Your way through the twelve factors: where you are and what is next. `try` gives you your own copy to work on, `hint` and `solution` help, `quiz` asks three questions, `reset` brings one factor or all back to clean.',
  'npm run workshop\n  npm run workshop -- try 6\n  npm run workshop -- hint 6\n  npm run workshop -- solution 6\n  npm run workshop -- reset 6',
)
  .addArgument(new Argument('[action]', 'what to do').choices(actions))
  .argument('[factor]', '1 to 12')
  .option('--apply', 'with solution: write it to your folder; what you have there is put aside')
  .exitOverride((error) => {
    throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : badInput });
  });

await runCommand(program, async (signal) => {
  const [action, number] = program.processedArgs as [Action | undefined, string | undefined];
  if (action === undefined) {
    console.log(showOverview(await standings(await readProgress(repository), repository), paint));
  } else if (action === 'reset') {
    await resetThem(number === undefined ? 'all' : number, signal);
  } else {
    if (number === undefined) {
      throw new UserError(`Of which factor? npm run workshop -- ${action} 6`, badInput);
    }
    const factor = factorOf(number);
    await { try: tryIt, hint, solution, quiz: (one: number) => quiz(one, signal) }[action](factor);
  }
  return 0;
});

async function tryIt(factor: number): Promise<void> {
  const files = await begin(factor, repository);
  const { task, minutes } = await exerciseOf(factor, repository);
  console.log(`${myFolder(factor)} holds snapshot ${factor - 1}, with something left to do:
${files.map((file) => `  ${file}`).join('\n')}

1. Read ${lessonOf(factor)}.
2. ${task} (some ${minutes} minutes)
3. Prove it: npm run prove -- ${factor} --mine --watch

Stuck? npm run workshop -- hint ${factor}`);
}

async function hint(factor: number): Promise<void> {
  const hints = await readHints(factor, repository);
  if (hints.length === 0) {
    throw new UserError(`${lessonOf(factor)} has no hints.`);
  }
  const seen = (await readProgress(repository))[keyOf(factor)]?.hints ?? 0;
  const shown = Math.min(seen + 1, hints.length);
  await noteProgress(repository, factor, (known) => ({ ...known, hints: shown }));
  for (const [i, text] of hints.slice(0, shown).entries()) {
    console.log(`${i + 1} of ${hints.length}: ${text}`);
  }
  if (seen >= hints.length) {
    console.log(`\nThose were all. The solution: npm run workshop -- solution ${factor}`);
  }
}

async function solution(factor: number): Promise<void> {
  if (program.opts<{ apply?: boolean }>().apply) {
    const aside = await applyVariant(factor, 'solution', repository);
    console.log(`${myFolder(factor)} holds the solution.${aside ? ` What was there is kept in ${aside}.` : ''}`);
    return;
  }
  const { from, changes } = await solutionOf(factor, repository);
  const { factor: name } = snapshotNumbered(factor);
  console.log(`${paint('bold', `Factor ${factor}, ${name}: from ${from} to the solution`)}\n`);
  console.log(showCode(changes, paint));
}

async function quiz(factor: number, signal: AbortSignal): Promise<void> {
  const questions = await quizOf(factor, repository);
  const right = await askQuiz(questions, { input: process.stdin, output: process.stdout, paint, signal });
  await noteProgress(repository, factor, (known) => ({ ...known, quiz: right }));
  console.log(
    right === questions.length
      ? '\nAll right!'
      : `\n${right} of ${questions.length} right. Read on: ${lessonOf(factor)}`,
  );
}

async function resetThem(which: string, signal: AbortSignal): Promise<void> {
  let done = 0;
  const onDone = (line: string) => {
    done += 1;
    console.log(line);
  };
  await reset({ factors: factorsOf(which), repository, signal, onDone });
  if (done === 0) {
    console.log('There was nothing to reset.');
  }
}
