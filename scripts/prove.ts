import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Option } from 'commander';
import { namedEndpoint } from '../client/endpoint/endpoint.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { wholeNumber } from '../terminal/number-argument.ts';
import { paintFor } from '../terminal/paint.ts';
import { reasonOf } from '../terminal/reason.ts';
import { widthFor } from '../terminal/text-table.ts';
import { wantsAgain } from '../workshop/guide/after-proof.ts';
import { tellWhereIStand } from '../workshop/guide/attendance.ts';
import { celebration } from '../workshop/guide/celebration.ts';
import { changesIn } from '../workshop/guide/changes.ts';
import { myFolder } from '../workshop/guide/my-folder.ts';
import { noteProof } from '../workshop/guide/note-proof.ts';
import { isProved, type Standing, standings } from '../workshop/guide/overview.ts';
import { readProgress } from '../workshop/guide/progress.ts';
import { experimentOf } from '../workshop/proof/experiments.ts';
import type { Job } from '../workshop/proof/jobs.ts';
import { badInput, factorsOf, pairsOf, type Self } from '../workshop/proof/pairs.ts';
import type { Proof } from '../workshop/proof/proof.ts';
import { ownEndpoint } from '../workshop/proof/proof-endpoint.ts';
import { exitCodeOf, showOutcome, writeOutcome } from '../workshop/proof/proof-outcome.ts';
import { writeRecorded } from '../workshop/proof/recorded.ts';

interface Options {
  readonly json?: string;
  readonly html?: string;
  readonly self?: Self;
  readonly mine?: boolean;
  readonly exercise?: boolean;
  readonly watch?: boolean;
  readonly record?: boolean;
  readonly runs: number;
}

const repository = join(import.meta.dirname, '..');

const exitCodes = `
Exit codes:
  0   PROVED
  1   NOT PROVED, or the endpoint cannot run it
  2   the command was called with what makes no sense
  75  TOO BUSY: only what depends on time was missed, on a busy machine. Run again.`;

const program = command(
  'prove',
  'Proves a factor: deploys the snapshot before it and the one after, has the same experiment look at both, and judges.',
  'npm run prove -- 6\n  npm run prove -- all\n  npm run prove -- 6 --mine       (your own version: npm run workshop -- try 6)',
)
  .argument('<factor>', '1 to 12, or all')
  .option('--mine', 'prove your own version, in my-factory/')
  .option('--exercise', 'prove the exercise at the end of the lesson, which your own version solves')
  .option('--watch', 'with --mine or --exercise: prove again whenever you save')
  .addOption(
    new Option('--self <side>', 'compare a snapshot with itself, which must fail').choices(['before', 'after', 'all']),
  )
  .option('--runs <number>', 'number of runs', wholeNumber({ least: 1, most: 100 }), 1)
  .option('--record', 'keep what was found beside the lesson, which cuts its numbers from it (npm run snippets)')
  .option('--json <file>', 'where the numbers go (default: reports/proof-NN.json)')
  .option('--html <file>', 'where the report goes (default: reports/proof-NN.html)')
  .addHelpText('after', exitCodes)
  .exitOverride((error) => {
    throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : badInput });
  });

await runCommand(program, async (signal) => {
  const options = program.opts<Options>();
  const factors = factorsOf(program.args[0] ?? '');
  const isMine = options.mine === true || options.exercise === true;
  if (isMine && (factors.length > 1 || options.self || options.runs > 1)) {
    throw new UserError('--mine and --exercise go with one factor, and not with --self or --runs.', badInput);
  }
  if (options.record && (isMine || options.self)) {
    throw new UserError(
      '--record goes with the snapshots of the lessons, and not with --mine, --exercise or --self.',
      badInput,
    );
  }
  if (options.watch && !isMine) {
    throw new UserError('--watch goes with --mine or --exercise.', badInput);
  }
  const named = await namedEndpoint();
  console.log(`Endpoint: ${named ? `${named.kind} at ${named.url}` : `${ownEndpoint} for each proof, on a free port`}`);
  const run: Run = {
    factors,
    isMine,
    options,
    known: await standings(await readProgress(repository), repository),
    signal,
  };
  return await (options.watch ? proveOnSave(run) : proveAndOffer(run));
});

/** What was asked for, and where the attendee stood before: only what is new is celebrated. */
interface Run {
  readonly factors: readonly number[];
  readonly isMine: boolean;
  readonly options: Options;
  readonly known: readonly Standing[];
  readonly signal: AbortSignal;
}

/** Proves, and offers a person at a terminal what to do next. */
async function proveAndOffer(run: Run): Promise<number> {
  for (;;) {
    const { code, page } = await proveAndTell(run);
    const [factor] = code === 0 || run.factors.length > 1 ? [] : run.factors;
    if (!(await wantsAgain({ repository, page, hintFor: factor, signal: run.signal }))) {
      return code;
    }
  }
}

/** Proves at once, and again whenever a file of the attendee's is saved, until it is interrupted. */
async function proveOnSave(run: Run): Promise<number> {
  const folder = myFolder(run.factors[0] ?? 0);
  for await (const _ of changesIn(join(repository, folder), run.signal)) {
    try {
      await proveAndTell(run);
    } catch (error) {
      run.signal.throwIfAborted();
      console.error(reasonOf(error));
    }
    console.log(`\nWaiting for you to save something in ${folder}. Ctrl-C ends it.`);
  }
  return 0;
}

/** Proves, and says what came of it and where the report is. */
async function proveAndTell({ factors, isMine, options, known, signal }: Run) {
  const proofs = isMine
    ? [await proveOwn(factors[0] ?? 0, options, signal)]
    : await proveThem(factors, options, signal);
  console.log(`\n${showOutcome(proofs, options, paintFor(process.stdout), widthFor(process.stdout))}`);
  const report = await writeOutcome(proofs, options);
  const page = report && pathToFileURL(resolve(report)).href;
  console.log(page ? `\nReport: ${page}` : '\nNo report was written.');
  if (options.record) {
    console.log((await writeRecorded(proofs, repository)).join('\n'));
  }
  const isNew = !options.self && !known.every(isProved);
  if (isNew && (await standings(await readProgress(repository), repository)).every(isProved)) {
    console.log(paintFor(process.stdout)('yellow', celebration));
  }
  await tellWhereIStand(repository);
  return { code: exitCodeOf(proofs, options.self), page };
}

async function proveOwn(factor: number, { exercise }: Options, signal: AbortSignal): Promise<Proof> {
  const { proveMine } = await import('../workshop/guide/prove-mine.ts');
  const proof = await proveMine(factor, { repository, kind: exercise ? 'further' : 'lesson', signal });
  await noteProof(proof, exercise ? 'further' : 'mine', repository);
  return proof;
}

async function proveThem(factors: readonly number[], options: Options, signal: AbortSignal): Promise<Proof[]> {
  // Imported late, with the SDK: --help and a refusal need none of it.
  const { runJobs } = await import('../workshop/proof/jobs.ts');
  const { deploysOf, openWorkbench } = await import('../workshop/proof/workbench.ts');
  const experiments = new Map(await Promise.all(factors.map(async (factor) => [factor, await load(factor)] as const)));
  const pairs = pairsOf(factors, options.self);
  const runs = Array.from({ length: options.runs }, (_, i) =>
    options.runs > 1 ? ` (run ${i + 1} of ${options.runs})` : '',
  );
  const jobs = runs.flatMap((run) =>
    pairs.map((pair): Job => ({ pair, run, experiment: experiments.get(pair.factor) ?? new Error('No experiment.') })),
  );
  const loaded = [...experiments.values()].flatMap((one) => (one instanceof Error ? [] : [one]));
  const bench = await openWorkbench({ repository, pairs, deploys: deploysOf(loaded), signal });
  try {
    const proofs = await runJobs(jobs, { bench, signal });
    if (!options.self) {
      for (const proof of proofs) {
        await noteProof(proof, 'given', repository);
      }
    }
    return proofs;
  } finally {
    await bench.close();
  }

  /** One experiment that cannot be loaded is no reason not to do the others. */
  async function load(factor: number) {
    try {
      return await experimentOf(factor, repository);
    } catch (error) {
      if (factors.length === 1 || !(error instanceof Error)) {
        throw error;
      }
      return error;
    }
  }
}
