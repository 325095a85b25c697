import { UserError } from '../../terminal/command-line.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { experimentFile, experimentOf, type ProofKind } from '../proof/experiments.ts';
import { type OnStep, runJobs } from '../proof/jobs.ts';
import type { Proof } from '../proof/proof.ts';
import { deploysOf, openWorkbench } from '../proof/workbench.ts';
import { quickProblems, showProblems } from './check.ts';
import { MeasuredBefore } from './measured-before.ts';
import { myVersionOf } from './my-version.ts';
import { typeProblems } from './type-check.ts';

export interface ProveMineOptions {
  /** Where the attendee's folder is. */
  readonly repository: string;
  /** The exercise of the lesson, or the one at its end that goes a step further. */
  readonly kind: ProofKind;
  readonly signal: AbortSignal;
  /** Whether it is proved as it is, whatever compilers say of it. @default false */
  readonly isUnchecked?: boolean;
  /** Called with what is being done now. @default - it is shown on the terminal */
  readonly onStep?: OnStep;
}

/**
 * Proves an attendee's version of a factor. What compilers find is said before anything is deployed, and the snapshot before
 * is not measured again where that was done on this machine.
 * @throws UserError with the files and lines, where it is not ready to be proved
 */
export async function proveMine(
  factor: number,
  { repository, kind, signal, onStep, isUnchecked = false }: ProveMineOptions,
): Promise<Proof> {
  const experiment = await experimentOf(factor, repository, kind);
  onStep?.('looking at what you wrote', false);
  const problems = isUnchecked ? [] : await quickProblems(factor, repository);
  signal.throwIfAborted();
  if (problems.length > 0) {
    throw new UserError(showProblems(factor, problems));
  }
  if (isUnchecked) {
    return await proveChecked(factor, experiment, { repository, kind, signal, ...(onStep && { onStep }) });
  }
  // The types take as long as all that has to be made ready for the proof: so that goes on meanwhile.
  const wrong = new AbortController();
  const both = AbortSignal.any([signal, wrong.signal]);
  const types = typeProblems(factor, repository, signal).then((found) => {
    if (found.length > 0) {
      wrong.abort(new UserError(showProblems(factor, found)));
    }
  });
  const proving = proveChecked(factor, experiment, { repository, kind, signal: both, ...(onStep && { onStep }) });
  await Promise.allSettled([proving, types]);
  // What the compiler says explains whatever else went wrong.
  both.throwIfAborted();
  await types;
  return await proving;
}

/** Proves what is taken for ready. */
async function proveChecked(
  factor: number,
  experiment: Experiment,
  { repository, kind, signal, onStep }: Omit<ProveMineOptions, 'isUnchecked'>,
): Promise<Proof> {
  const before = kind === 'further' ? factor : factor - 1;
  const pair = { factor, before, after: factor };
  const known = await MeasuredBefore.of(before, experimentFile(factor, kind), repository);
  const measured = process.env['AWS_ENDPOINT_URL'] === undefined ? await known.read() : undefined;
  const mine = await myVersionOf(factor, repository, signal);
  const bench = await openWorkbench({ repository, pairs: [pair], deploys: deploysOf([experiment]), signal });
  try {
    const options = { bench, mine, signal, ...(measured && { measured }), ...(onStep && { onStep }) };
    const [proof] = await runJobs([{ pair, experiment }], options);
    if (!proof) {
      throw new Error('A job ended without a proof.');
    }
    await known.keep(proof, experiment);
    return proof;
  } finally {
    await bench.close();
    await mine.close();
  }
}
