import { once } from 'node:events';
import { resolve } from 'node:path';
import { Argument, Option } from 'commander';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { wholeNumber } from '../terminal/number-argument.ts';
import { paintFor } from '../terminal/paint.ts';
import { runTask } from '../terminal/task.ts';
import { askQuiz } from '../workshop/guide/ask-quiz.ts';
import { lessonsOf, roomFolder, tellWhereIStand } from '../workshop/guide/attendance.ts';
import { begin } from '../workshop/guide/begin.ts';
import { exerciseOf } from '../workshop/guide/exercise.ts';
import { lessonOf, readHints } from '../workshop/guide/lesson.ts';
import { myFolder } from '../workshop/guide/my-folder.ts';
import { type System, systems, thisSystem, writeBundle } from '../workshop/guide/offline-bundle.ts';
import { showOverview, standings } from '../workshop/guide/overview.ts';
import { keyOf, noteProgress, readProgress } from '../workshop/guide/progress.ts';
import { quizOf } from '../workshop/guide/quiz.ts';
import { applyVariant, solutionOf } from '../workshop/guide/solution.ts';
import { plans, timetable } from '../workshop/guide/timetable.ts';
import { badInput, factorOf, factorsOf } from '../workshop/proof/pairs.ts';
import { joinRoom, leaveRoom } from '../workshop/room/attendee.ts';
import { defaultRoomPort, openRoom } from '../workshop/room/room-server.ts';
import { snapshotNumbered } from '../workshop/snapshots.ts';

const actions = ['try', 'hint', 'solution', 'quiz', 'reset', 'room', 'join', 'leave', 'bundle', 'timetable'] as const;
type Action = (typeof actions)[number];
/** After these an attendee may stand elsewhere. */
const progressing: ReadonlySet<Action> = new Set(['try', 'solution', 'quiz', 'reset']);

const repository = resolve(import.meta.dirname, '..');
const paint = paintFor(process.stdout);

const program = command(
  'workshop',
  'Your way through the twelve factors: where you are and what is next. `try` gives you your own copy to work on, `hint` and `solution` help, `quiz` asks three questions, `reset` brings one factor or all back to clean. `room` opens a board for an instructor, which attendees may `join` and `leave`; `timetable` plans its day. `bundle` writes a folder from which all of it installs without a network.',
  'npm run workshop\n  npm run workshop -- try 6\n  npm run workshop -- hint 6\n  npm run workshop -- solution 6\n  npm run workshop -- reset 6\n  npm run workshop -- room\n  npm run workshop -- join http://192.168.1.20:4580 --code K7QX3MPF --name Ada\n  npm run workshop -- bundle ../stick --systems linux-x64 win32-x64',
)
  .addArgument(new Argument('[action]', 'what to do').choices(actions))
  .argument('[factor]', '1 to 12; of join, the address of the room; of bundle, the folder')
  .option('--apply', 'with solution: write it to your folder; what you have there is put aside')
  .option('--code <code>', 'with join: what the instructor’s board shows')
  .option('--name <name>', 'with join: what you are called on the board')
  .addOption(new Option('--systems <systems...>', 'with bundle: whom it is for (default: this one)').choices(systems))
  .option(
    '--port <number>',
    'with room: where to listen, 0 for any free port',
    wholeNumber({ least: 0, most: 65_535 }),
    defaultRoomPort,
  )
  .exitOverride((error) => {
    throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : badInput });
  });

await runCommand(program, async (signal) => {
  const [action, number] = program.processedArgs as [Action | undefined, string | undefined];
  if (action === undefined) {
    console.log(showOverview(await standings(await readProgress(repository), repository), paint));
  } else if (action === 'reset') {
    await resetThem(number === undefined ? 'all' : number, signal);
  } else if (action === 'room') {
    await room(signal);
  } else if (action === 'join') {
    await join(number);
  } else if (action === 'timetable') {
    await timetables();
  } else if (action === 'bundle') {
    await bundle(number, signal);
  } else if (action === 'leave') {
    console.log((await leaveRoom(roomFolder(repository))) ? 'You left the room.' : 'You are in no room.');
  } else {
    if (number === undefined) {
      throw new UserError(`Of which factor? npm run workshop -- ${action} 6`, badInput);
    }
    const factor = factorOf(number);
    await { try: tryIt, hint, solution, quiz: (one: number) => quiz(one, signal) }[action](factor);
  }
  if (action && progressing.has(action)) {
    await tellWhereIStand(repository);
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
  const { showCode } = await import('../workshop/diff/patch.ts');
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

/** Opens the instructor's board until Ctrl-C. */
async function room(signal: AbortSignal): Promise<void> {
  const { board, addresses, code, close } = await openRoom(program.opts<{ port: number }>().port);
  try {
    console.log(`The board, for you: ${board}\n\nAttendees join with one of these:`);
    for (const address of addresses) {
      console.log(`  npm run workshop -- join ${address} --code ${code} --name Ada`);
    }
    console.log('\nTheir machines then tell it the states of their lessons and nothing else. Ctrl-C closes the room.');
    if (!signal.aborted) {
      await once(signal, 'abort');
    }
  } finally {
    await close();
  }
}

async function join(address: string | undefined): Promise<void> {
  const { code, name } = program.opts<{ code?: string; name?: string }>();
  if (address === undefined || code === undefined || name === undefined) {
    throw new UserError(
      'To join, give the address, the code and a name: npm run workshop -- join http://192.168.1.20:4580 --code K7QX3MPF --name Ada\n  npm run workshop -- bundle ../stick --systems linux-x64 win32-x64',
      badInput,
    );
  }
  await joinRoom(roomFolder(repository), { address, code, name }, await lessonsOf(repository));
  console.log(
    `You are in the room at ${address}, as ${name}. It is told the states of your lessons, until npm run workshop -- leave`,
  );
}

async function bundle(folder: string | undefined, signal: AbortSignal): Promise<void> {
  if (folder === undefined) {
    throw new UserError('Where to? npm run workshop -- bundle ../stick', badInput);
  }
  const chosen = program.opts<{ systems?: System[] }>().systems ?? [thisSystem()];
  const target = resolve(folder);
  await runTask({
    title: `bundle for ${chosen.join(', ')}`,
    signal,
    work: (show) => writeBundle({ repository, target, systems: chosen, signal, onStep: (step) => show(step, false) }),
    done: (_, seconds) => `bundle for ${chosen.join(', ')}: written in ${seconds.toFixed(0)} s`,
  });
  console.log(
    `\n${target} is complete. Where it is copied to, this works without a network:\n  cd cookie-factory && npm ci && npm start`,
  );
}

async function timetables(): Promise<void> {
  for (const plan of plans) {
    console.log(`${paint('bold', plan.name)}\n\n${await timetable(plan, repository)}\n`);
  }
}

async function resetThem(which: string, signal: AbortSignal): Promise<void> {
  let done = 0;
  const onDone = (line: string) => {
    done += 1;
    console.log(line);
  };
  // It brings the SDK with it, as nothing else here does.
  const { reset } = await import('../workshop/guide/reset.ts');
  await reset({ factors: factorsOf(which), repository, signal, onDone });
  if (done === 0) {
    console.log('There was nothing to reset.');
  }
}
