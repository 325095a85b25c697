import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../terminal/command-line.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { snapshotNumbered } from '../snapshots.ts';

/** The experiment of a factor: what `workshop/NN-slug/experiment.ts` exports as `proof`. */
export async function experimentOf(factor: number, repository: string): Promise<Experiment> {
  const path = join('workshop', snapshotNumbered(factor).slug, 'experiment.ts');
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
