import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Experiment } from '../../workshop/proof/experiment.ts';
import { snapshotNumbered } from '../../workshop/snapshots.ts';
import { UserError } from '../command-line.ts';

/** The experiment of a factor: what `workshop/NN-slug/experiment.ts` exports as `proof`. */
export async function experimentOf(factor: number, repository: string): Promise<Experiment> {
  const path = join('workshop', snapshotNumbered(factor).slug, 'experiment.ts');
  const file = join(repository, path);
  if (!existsSync(file)) throw new UserError(`Factor ${factor} has no experiment: there is no ${path}.`);
  const { proof } = (await import(pathToFileURL(file).href)) as { proof?: Experiment };
  if (!proof) throw new UserError(`${path} does not export \`proof\`.`);
  return proof;
}
