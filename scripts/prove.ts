import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Option } from 'commander';
import { namedEndpoint } from '../client/endpoint/endpoint.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { wholeNumber } from '../terminal/number-argument.ts';
import { paintFor } from '../terminal/paint.ts';
import { widthFor } from '../terminal/text-table.ts';
import { myRoots } from '../workshop/guide/my-roots.ts';
import { myVersionOf } from '../workshop/guide/my-version.ts';
import { fingerprint, noteProgress } from '../workshop/guide/progress.ts';
import { experimentOf } from '../workshop/proof/experiments.ts';
import { type Job, runJobs } from '../workshop/proof/jobs.ts';
import { badInput, factorsOf, pairsOf, type Self } from '../workshop/proof/pairs.ts';
import type { Proof } from '../workshop/proof/proof.ts';
import { ownEndpoint } from '../workshop/proof/proof-endpoint.ts';
import { exitCodeOf, showOutcome, writeOutcome } from '../workshop/proof/proof-outcome.ts';
import { deploysOf, openWorkbench } from '../workshop/proof/workbench.ts';
import { rootsOf, snapshotNumbered } from '../workshop/snapshots.ts';

interface Options {
  readonly json?: string;
  readonly html?: string;
  readonly self?: Self;
  readonly mine?: boolean;
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
  .addOption(
    new Option('--self <side>', 'compare a snapshot with itself, which must fail').choices(['before', 'after', 'all']),
  )
  .option('--runs <number>', 'number of runs', wholeNumber({ least: 1, most: 100 }), 1)
  .option('--json <file>', 'where the numbers go (default: reports/proof-NN.json)')
  .option('--html <file>', 'where the report goes (default: reports/proof-NN.html)')
  .addHelpText('after', exitCodes)
  .exitOverride((error) => {
    throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : badInput });
  });

await runCommand(program, async (signal) => {
  const options = program.opts<Options>();
  const factors = factorsOf(program.args[0] ?? '');
  if (options.mine && (factors.length > 1 || options.self)) {
    throw new UserError('--mine goes with one factor, and not with --self.', badInput);
  }
  const named = await namedEndpoint();
  console.log(`Endpoint: ${named ? `${named.kind} at ${named.url}` : `${ownEndpoint} for each proof, on a free port`}`);
  const proofs = await proveThem(factors, options, signal);
  console.log(`\n${showOutcome(proofs, options, paintFor(process.stdout), widthFor(process.stdout))}`);
  const report = await writeOutcome(proofs, options);
  console.log(report ? `\nReport: ${pathToFileURL(resolve(report))}` : '\nNo report was written.');
  return exitCodeOf(proofs, options.self);
});

async function proveThem(factors: readonly number[], options: Options, signal: AbortSignal): Promise<Proof[]> {
  const experiments = new Map(await Promise.all(factors.map(async (factor) => [factor, await load(factor)] as const)));
  const pairs = pairsOf(factors, options.self);
  const runs = Array.from({ length: options.runs }, (_, i) =>
    options.runs > 1 ? ` (run ${i + 1} of ${options.runs})` : '',
  );
  const jobs = runs.flatMap((run) =>
    pairs.map((pair): Job => ({ pair, run, experiment: experiments.get(pair.factor) ?? new Error('No experiment.') })),
  );
  const loaded = [...experiments.values()].flatMap((one) => (one instanceof Error ? [] : [one]));
  const mine = options.mine ? await myVersionOf(factors[0] ?? 0, repository) : undefined;
  const bench = await openWorkbench({ repository, pairs, deploys: deploysOf(loaded), signal });
  try {
    const proofs = await runJobs(jobs, { bench, signal, ...(mine && { mine }) });
    if (!options.self) {
      for (const proof of proofs) {
        await note(proof, mine !== undefined);
      }
    }
    return proofs;
  } finally {
    await bench.close();
    await mine?.close();
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

/** Remembers how a proof ended, for `npm run workshop`. */
async function note({ factor, verdict, at }: Proof, isMine: boolean): Promise<void> {
  // An endpoint that could not do it says nothing about the code, and nor does a machine that was too busy.
  if (verdict === 'CANNOT RUN HERE' || verdict === 'TOO BUSY') {
    return;
  }
  const roots = isMine ? myRoots(factor, repository).there : rootsOf(snapshotNumbered(factor)).map(({ file }) => file);
  const sha256 = (await fingerprint(roots, repository)) ?? '';
  await noteProgress(repository, factor, (known) => ({
    ...known,
    [isMine ? 'mine' : 'given']: { verdict, at, sha256 },
  }));
}
