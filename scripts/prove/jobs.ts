import { Listr, type ListrTask } from 'listr2';
import type { Experiment } from '../../workshop/proof/experiment.ts';
import { snapshotNumbered } from '../../workshop/snapshots.ts';
import type { MyVersion } from './my-version.ts';
import type { Pair } from './pairs.ts';
import type { Proof } from './proof.ts';
import { brokenProof, provePair } from './prove-pair.ts';
import { paintFor, paintVerdict } from './table.ts';
import type { Workbench } from './workbench.ts';

/** One proof that is to be done. */
export interface Job {
  readonly pair: Pair;
  /** What its experiment is, or why there is none. */
  readonly experiment: Experiment | Error;
  /** Which of several runs it is. @default - the only one */
  readonly run?: string;
}

export interface JobsOptions {
  readonly bench: Workbench;
  readonly mine?: MyVersion;
  readonly signal: AbortSignal;
}

/** On a terminal the proofs are lines that change, elsewhere every step is a line. Ctrl-C is ours to handle. */
const RENDERING = {
  renderer: 'default',
  fallbackRenderer: 'verbose',
  registerSignalListeners: false,
  rendererOptions: { collapseSubtasks: false, showErrorMessage: false },
  fallbackRendererOptions: { logTitleChange: false },
} as const;

/** Does the proofs, one after the other so that none disturbs another's numbers, and shows how far they are. */
export async function runJobs(jobs: readonly Job[], options: JobsOptions): Promise<Proof[]> {
  const proofs: Proof[] = [];
  for (const job of jobs) {
    // A list for each, because an interrupted list would have something to say of every proof that it did not come to.
    await new Listr([taskOf(job, options, (proof) => proofs.push(proof))], RENDERING).run();
    options.signal.throwIfAborted();
  }
  return proofs;
}

function taskOf(job: Job, options: JobsOptions, onProof: (proof: Proof) => void): ListrTask {
  const { factor, before, after } = job.pair;
  const paint = paintFor(process.stdout);
  const title = `factor ${factor}, ${snapshotNumbered(factor).factor}: ${before} -> ${options.mine?.folder ?? after}${job.run ?? ''}`;
  return {
    title,
    task: async (_context, task) => {
      try {
        const proof = await runJob(job, options, (line, isDetail) => {
          if (!isDetail || process.stdout.isTTY) task.output = line;
        });
        onProof(proof);
        task.title = `${title}: ${paintVerdict(proof.verdict, paint)} in ${proof.seconds.total.toFixed(1)} s`;
      } catch (error) {
        if (!options.signal.aborted) throw error;
        task.title = `${title}: interrupted`;
      }
    },
  };
}

async function runJob(
  { pair, experiment }: Job,
  { bench, mine, signal }: JobsOptions,
  show: (line: string, isDetail: boolean) => void,
): Promise<Proof> {
  signal.throwIfAborted();
  if (experiment instanceof Error) return brokenProof(pair, experiment.message);
  return await provePair(pair, {
    ...{ experiment, bench, signal },
    ...(mine && { mine }),
    onStep: (step) => show(step, false),
    onDetail: (line) => show(line, true),
  });
}
