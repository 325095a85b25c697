import { availableParallelism, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { command, runCommand } from '../terminal/command-line.ts';
import { number, wholeNumber } from '../terminal/number-argument.ts';
import { paintFor } from '../terminal/paint.ts';
import { runTask } from '../terminal/task.ts';
import { widthFor } from '../terminal/text-table.ts';
import { calibrationSentence, defaultRate, usualRate } from '../workshop/compare/calibrate.ts';
import { badInput, checkCustomers, scenariosNamed } from '../workshop/compare/compare-arguments.ts';
import type { Calibration, Comparison, ScenarioRun } from '../workshop/compare/measurement.ts';
import { writeComparison } from '../workshop/compare/report/comparison-files.ts';
import { comparisonTable } from '../workshop/compare/report/comparison-table.ts';
import { runScenario } from '../workshop/compare/run-scenario.ts';
import { isSaturated } from '../workshop/compare/saturation.ts';
import { type Scenario, scenarios } from '../workshop/compare/scenarios.ts';
import type { Stage } from '../workshop/compare/stage.ts';
import { lacking } from '../workshop/experiment/experiment.ts';

interface Options {
  /** As many as the machine serves with ease, where nobody says. */
  readonly rate?: number;
  readonly seconds: number;
  readonly warmUp: number;
  readonly seed: number;
  readonly json?: string;
  readonly html?: string;
}

const program = command(
  'compare',
  'Sends the same customers to the factory as stateful servers and as stateless functions, and compares the results.',
  'npm run compare\n  npm run compare -- kill deploy --seconds 20 --rate 40',
)
  .argument('[scenario...]', `any of ${scenarios.map(({ name }) => name).join(', ')} (default: all)`)
  .option(
    '--rate <number>',
    `new customers a second (default: ${usualRate}, or as many as this machine serves below 60 % of its processor time)`,
    number({ least: 1, most: 500 }),
  )
  .option('--seconds <number>', 'how long each side is measured', number({ least: 2, most: 600, unit: ' s' }), 6)
  .option('--warm-up <number>', 'seconds before that', number({ least: 0, most: 60, unit: ' s' }), 2)
  .option('--seed <number>', 'what the traffic is made from', wholeNumber({ least: 0, most: 2 ** 31 }), 1)
  .option('--json <file>', 'where the numbers go (default: reports/compare.json; of some scenarios, with their names)')
  .option('--html <file>', 'where the report goes (default: reports/compare.html; likewise)')
  .exitOverride((error) => {
    throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : badInput });
  });

await runCommand(program, async (signal) => {
  const options = program.opts<Options>();
  const chosen = scenariosNamed(program.args);
  checkCustomers({ rate: usualRate, ...options });
  const comparison = await compare(chosen, options, signal);
  if (comparison.scenarios.length > 0) {
    console.log(`\n${comparisonTable(comparison, paintFor(process.stdout), widthFor(process.stdout))}`);
    // A run of which nothing came leaves the report that there is.
    const hasRun = comparison.scenarios.some(({ sides }) => sides.length > 0);
    const page = hasRun ? pathToFileURL(resolve(await writeComparison(comparison, options))) : undefined;
    console.log(page ? `\nReport: ${page}` : '\nNo report was written.');
  }
  signal.throwIfAborted();
  return comparison.scenarios.every(({ partial }) => partial === undefined) ? 0 : 1;
});

/** Compares in one scenario after the other. An interruption ends it, with what there is. */
async function compare(chosen: readonly Scenario[], options: Options, signal: AbortSignal): Promise<Comparison> {
  // Imported late, with the SDK: --help and a refusal need none of it.
  const { openStage } = await import('../workshop/compare/stage.ts');
  const startedAt = new Date().toISOString();
  const stage = await runTask({
    title: 'setting the stage',
    signal,
    work: (show) => openStage(signal, show),
    done: ({ kind, url }, seconds) => `the finished factory is at ${kind}, ${url}, in ${seconds.toFixed(1)} s`,
  });
  const runs: ScenarioRun[] = [];
  let calibration: Calibration | undefined;
  try {
    calibration = await calibrate(stage, startedAt, signal);
    const rate = options.rate ?? defaultRate(calibration);
    for (const [i, scenario] of chosen.entries()) {
      if (signal.aborted) {
        break;
      }
      const isThere = runs.at(-1)?.partial === undefined || (await stage.isThere());
      const place = chosen.length > 1 ? `${i + 1} of ${chosen.length}: ` : '';
      const circumstances = { stage, options: { ...options, rate }, signal, run: startedAt, place };
      runs.push(
        isThere ? await runOne(scenario, circumstances) : leftOut(scenario, circumstances, 'the endpoint is gone'),
      );
    }
  } finally {
    await stage.close();
  }
  const { arch, platform, version } = process;
  const cpus = availableParallelism();
  return {
    ...{ startedAt, endpoint: stage.kind, seed: options.seed, scenarios: runs },
    ...(calibration && { calibration }),
    machine: { cpus, memoryBytes: totalmem(), node: version, platform: `${platform} ${arch}` },
  };
}

/** What functions take by themselves, before anything is compared. An interruption ends it like anything else. */
async function calibrate(stage: Stage, run: string, signal: AbortSignal): Promise<Calibration | undefined> {
  try {
    return await runTask({
      title: 'calibrating with one customer at a time',
      signal,
      work: () => stage.calibrate(run),
      done: (found) => (found ? calibrationSentence(found) : 'no function says how long it takes by itself'),
      mark: (found) => (found ? 'done' : 'undecided'),
    });
  } catch (error) {
    if (signal.aborted) {
      return undefined;
    }
    throw error;
  }
}

interface Circumstances {
  readonly stage: Stage;
  readonly options: Options & { readonly rate: number };
  readonly signal: AbortSignal;
  readonly run: string;
  /** Which of the scenarios it is, before its name. */
  readonly place: string;
}

/** What there is of a scenario that cannot be run: the reason, which is said at once, too. */
function leftOut({ name, title }: Scenario, { options }: Circumstances, reason: string): ScenarioRun {
  const { rate, seconds } = options;
  console.log(`${name}: left out, because ${reason}.`);
  return { scenario: name, title, rate, seconds, incidents: [], sides: [], partial: `left out, because ${reason}.` };
}

async function runOne(scenario: Scenario, circumstances: Circumstances): Promise<ScenarioRun> {
  const { stage, options, signal, run, place } = circumstances;
  const { rate, seconds, warmUp, seed } = options;
  const { name, actions } = scenario;
  if (!stage.hasFaults && actions.some(({ action }) => action === 'kill')) {
    return leftOut(scenario, circumstances, lacking.faults);
  }
  return await runTask({
    title: `${place}${name}`,
    signal,
    mark: (found) => (found.partial !== undefined ? 'failed' : isSaturated(found) ? 'undecided' : 'done'),
    work: (show) =>
      runScenario({
        ...{ scenario, rate, seconds, warmUp, seed, signal, run: `${run}-${name}`, sides: stage.sides },
        onProgress: show,
      }),
    done: (found, took) => `${place}${name}: ${endOf(found)} in ${took.toFixed(1)} s`,
  });
}

function endOf(run: ScenarioRun): string {
  if (run.partial !== undefined) {
    return `partial: ${run.partial}`;
  }
  return isSaturated(run) ? 'done, on a machine too busy for its times,' : 'done';
}
