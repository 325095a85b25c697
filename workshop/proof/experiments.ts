import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../terminal/command-line.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { snapshotNumbered } from '../snapshots.ts';

/** The lesson's own experiment, or that of the exercise at its end, which goes a step further. */
export type ProofKind = 'lesson' | 'further';

/** Where the experiment of a factor is, from the repository's root. */
export function experimentFile(factor: number, kind: ProofKind): string {
  return posix.join('workshop', snapshotNumbered(factor).slug, kind === 'further' ? 'further' : '', 'experiment.ts');
}

/** The experiment of a factor: what `workshop/NN-slug/experiment.ts` exports as `proof`. */
export async function experimentOf(
  factor: number,
  repository: string,
  kind: ProofKind = 'lesson',
): Promise<Experiment> {
  const path = experimentFile(factor, kind);
  const file = join(repository, path);
  if (!existsSync(file)) {
    throw new UserError(`Factor ${factor} has no experiment: there is no ${path}.`);
  }
  const { proof } = (await import(pathToFileURL(file).href)) as { proof?: Experiment };
  if (!proof) {
    throw new UserError(`${path} does not export \`proof\`.`);
  }
  return proof;
}
