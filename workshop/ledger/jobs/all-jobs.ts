import type { Job } from '../job.ts';
import { compare } from './comparison.ts';
import { composeCleanup } from './containers.ts';
import { destroy } from './destroy.ts';
import { factory } from './factory.ts';
import { proofs } from './proofs.ts';
import { redeploy } from './redeploy.ts';
import { bootstrap, stages } from './stages.ts';

/** All jobs, in the order in which they are run. A redeploy that failed half-way would be in the way of what is destroyed. */
export const allJobs: readonly Job[] = [
  bootstrap,
  ...stages,
  ...factory,
  composeCleanup,
  ...proofs,
  compare,
  destroy,
  redeploy,
];

export const groupNames: readonly string[] = [...new Set(allJobs.map(({ group }) => group))];

/** What `--only` knows: groups and jobs. */
export const jobNames: readonly string[] = [...new Set([...groupNames, ...allJobs.map(({ name }) => name)])];

/** The jobs that are named, by their own name or their group's, in the order in which they are run; all where none is. */
export function jobsNamed(names: readonly string[]): readonly Job[] {
  if (names.length === 0) {
    return allJobs;
  }
  return allJobs.filter(({ name, group }) => names.includes(name) || names.includes(group));
}
