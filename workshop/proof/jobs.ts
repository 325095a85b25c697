import { paintFor } from '../../terminal/paint.ts';
import { runTask } from '../../terminal/task.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { snapshotNumbered } from '../snapshots.ts';
import type { Pair } from './pairs.ts';
import type { Proof } from './proof.ts';
import { paintVerdict } from './proof-table.ts';
import { brokenProof, provePair } from './prove-pair.ts';
import type { Workbench } from './workbench.ts';

/** One proof that is to be done. */
export interface Job {
  readonly pair: Pair;
  /** What its experiment is, or why there is none. */
  readonly experiment: Experiment | Error;
  /** Which of several runs it is. @default - the only one */
  readonly run?: string;
}

/** A copy of the repository in which an attendee's own version stands in the place of a snapshot. */
export interface MyVersion {
  readonly repository: string;
  /** The attendee's folder, from the repository's root. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface JobsOptions {
  readonly bench: Workbench;
  readonly mine?: MyVersion;
  readonly signal: AbortSignal;
}

/** Does the proofs, one after the other so that none disturbs another's numbers, and shows how far they are. */
export async function runJobs(jobs: readonly Job[], options: JobsOptions): Promise<Proof[]> {
  const paint = paintFor(process.stdout);
  const proofs: Proof[] = [];
  for (const [i, job] of jobs.entries()) {
    const { factor, before, after } = job.pair;
    const place = jobs.length > 1 ? `${i + 1} of ${jobs.length}: ` : '';
    const title = `${place}factor ${factor}, ${snapshotNumbered(factor).factor}: ${before} -> ${options.mine?.folder ?? after}${job.run ?? ''}`;
    const proof = await runTask({
      title,
      work: (show) => runJob(job, options, show),
      done: ({ verdict }, seconds) => `${title}: ${paintVerdict(verdict, paint)} in ${seconds.toFixed(1)} s`,
      mark: ({ verdict }) => marks[verdict],
      signal: options.signal,
    });
    proofs.push(proof);
    options.signal.throwIfAborted();
  }
  return proofs;
}

/** Only good news gets a tick. */
const marks = {
  PROVED: 'done',
  'NOT PROVED': 'failed',
  'CANNOT RUN HERE': 'undecided',
  'TOO BUSY': 'undecided',
} as const;

async function runJob(
  { pair, experiment }: Job,
  { bench, mine, signal }: JobsOptions,
  show: (line: string, isDetail: boolean) => void,
): Promise<Proof> {
  signal.throwIfAborted();
  if (experiment instanceof Error) {
    return brokenProof(pair, experiment.message);
  }
  return await provePair(pair, {
    ...{ experiment, bench, signal },
    ...(mine && { mine }),
    onStep: (step) => show(step, false),
    onDetail: (line) => show(line, true),
  });
}
