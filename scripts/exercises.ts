import { join } from 'node:path';
import { command, runCommand } from '../terminal/command-line.ts';
import { paintFor } from '../terminal/paint.ts';
import { type Rehearsed, rehearse } from '../workshop/guide/rehearsal.ts';
import { badInput, factorsOf } from '../workshop/proof/pairs.ts';
import { tooBusy } from '../workshop/proof/proof-outcome.ts';

const repository = join(import.meta.dirname, '..');
const paint = paintFor(process.stdout);

const program = command(
  'exercises',
  'Tries the exercises themselves: what is handed out must not be proved, the solution must be, and each usual mistake must miss the gate that names it.',
  'npm run exercises -- all\n  npm run exercises -- 6 --only untouched solution',
)
  .argument('<factor>', '1 to 12, or all')
  .option('--only <variants...>', 'only some: untouched, solution, the name of a mistake, further')
  .exitOverride((error) => {
    throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : badInput });
  });

await runCommand(program, async (signal) => {
  const { only } = program.opts<{ only?: string[] }>();
  const all: Rehearsed[] = [];
  for (const factor of factorsOf(program.args[0] ?? '')) {
    const options = { repository, signal, ...(only && { only }) };
    await rehearse(factor, { ...options, onDone: (rehearsed) => all.push(show(rehearsed)) });
  }
  const wrong = all.filter((one) => one.wrong !== undefined);
  const untold = all.filter(({ isTooBusy }) => isTooBusy);
  const right = all.length - wrong.length - untold.length;
  const busy = untold.length > 0 ? ` The machine was too busy to tell of ${untold.length}: run again.` : '';
  console.log(`\n${right} of ${all.length} came out as they must.${busy}`);
  return wrong.length > 0 || all.length === 0 ? 1 : untold.length > 0 ? tooBusy : 0;
});

function show(rehearsed: Rehearsed): Rehearsed {
  const { factor, variant, seconds, found, wrong, isTooBusy } = rehearsed;
  const word = isTooBusy
    ? paint('yellow', 'too busy  ')
    : wrong === undefined
      ? paint('green', 'as it must')
      : paint('red', 'WRONG     ');
  console.log(`${String(factor).padStart(2)}  ${word}  ${variant} (${seconds.toFixed(1)} s): ${wrong ?? found}`);
  return rehearsed;
}
