import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findEndpoint } from '../../client/endpoint/endpoint.ts';
import { stageOf } from '../../pipeline/assembly/assembly.ts';
import { removeStacks } from '../proof/deploy-stacks.ts';
import { snapshotNumbered } from '../snapshots.ts';
import { keptNow, putAside } from './kept.ts';
import { myFolder } from './my-folder.ts';
import { keyOf, readProgress, writeProgress } from './progress.ts';

const run = promisify(execFile);

/** What an exercise has people change beside their own folder. */
const dependencies: ReadonlyMap<number, readonly string[]> = new Map([[2, ['package.json', 'package-lock.json']]]);

export interface ResetOptions {
  readonly factors: readonly number[];
  readonly repository: string;
  readonly signal: AbortSignal;
  /** Called with what was done. */
  readonly onDone: (line: string) => void;
}

/**
 * Brings factors back to clean: the attendee's folders and what is known of them, the snapshots as they were checked
 * out, and their stages at the endpoint, if one answers. What was written there is kept aside, not deleted.
 */
export async function reset({ factors, repository, signal, onDone }: ResetOptions): Promise<void> {
  const kept = keptNow();
  for (const factor of factors) {
    const aside = await putAside(factor, repository);
    if (aside) {
      onDone(`${myFolder(factor)} is kept in ${aside}`);
    }
    await restoreSnapshot(factor, repository, kept, onDone);
  }
  const known = await readProgress(repository);
  const forgotten = new Set(factors.map(keyOf));
  const left = Object.fromEntries(Object.entries(known).filter(([key]) => !forgotten.has(key)));
  if (Object.keys(left).length < Object.keys(known).length) {
    await writeProgress(repository, left);
  }
  await removeStages(factors, signal, onDone);
}

/** What was changed in a snapshot's folder since it was checked out is put aside, and the folder is as it was. */
async function restoreSnapshot(
  factor: number,
  repository: string,
  kept: string,
  onDone: ResetOptions['onDone'],
): Promise<void> {
  const folder = `workshop/${snapshotNumbered(factor).slug}`;
  const git = async (...args: string[]) => (await run('git', args, { cwd: repository })).stdout;
  const changed = (
    await git('diff', '--name-only', 'HEAD', '--', folder, ...(dependencies.get(factor) ?? [])).catch(() => '')
  )
    .split('\n')
    .filter(Boolean);
  if (changed.length === 0) {
    return;
  }
  for (const file of changed.filter((name) => existsSync(join(repository, name)))) {
    const aside = join(repository, kept, file);
    await mkdir(dirname(aside), { recursive: true });
    await cp(join(repository, file), aside);
  }
  await git('restore', '--source=HEAD', '--staged', '--worktree', '--', ...changed);
  onDone(`${changed.join(', ')}: as checked out again; what you changed is in ${kept}`);
  if (changed.includes('package-lock.json')) {
    onDone('The lock file changed, so node_modules is to be brought in line with it: npm ci');
  }
}

async function removeStages(
  factors: readonly number[],
  signal: AbortSignal,
  onDone: ResetOptions['onDone'],
): Promise<void> {
  const endpoint = await findEndpoint();
  if (!endpoint) {
    return;
  }
  const snapshots = [...new Set(factors.flatMap((factor) => [factor - 1, factor]))];
  const names = snapshots.flatMap((number) => [`${stageOf(number)}-Prod`, `${stageOf(number)}-Dev`]);
  for (const name of await removeStacks(names, endpoint.url, signal)) {
    onDone(`${name} is removed from ${endpoint.url}`);
  }
}
