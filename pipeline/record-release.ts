import { isDeepStrictEqual } from 'node:util';
import type { DeployedStack } from './deployed-stack.ts';
import { nextNumber, openLedger, type ReleaseEntry, releasesIn, runOf, runsIn } from './ledger.ts';
import type { Released, ReleaseOptions } from './release-options.ts';
import type { Versions } from './versions.ts';

/**
 * Gives a release its number, in the ledger. One that is what the last of its stack was, versions and config, keeps that
 * one's number.
 *
 * @param environment - The environment variables of each version, by the construct ids of the functions.
 */
export async function recordRelease(
  versions: Versions,
  environment: Record<string, Readonly<Record<string, string>>>,
  stack: DeployedStack,
  { releases, build, parameters = {}, by }: ReleaseOptions,
): Promise<Pick<Released, 'release' | 'isNew'>> {
  const ledger = openLedger(releases);
  const before = releasesIn(await ledger.read());
  const last = before.findLast(({ stackId }) => stackId === stack.id);
  const content = { build: build.number, versions, config: { parameters: { ...parameters }, environment } };
  if (last && isDeepStrictEqual(content, contentOf(last))) {
    return { release: last, isNew: false };
  }
  const entry: ReleaseEntry = {
    what: 'release',
    number: nextNumber(before.map(({ number }) => number)),
    stage: build.stage,
    stack: stack.name,
    stackId: stack.id,
    at: new Date().toISOString(),
    by,
    ...content,
  };
  await ledger.append(entry);
  return { release: entry, isNew: true };
}

/** Notes that the first release of a stack runs already. */
export async function noteFirstRun(release: ReleaseEntry, { releases, by }: ReleaseOptions): Promise<void> {
  const ledger = openLedger(releases);
  const ran = runsIn(await ledger.read()).some(({ stackId }) => stackId === release.stackId);
  if (!ran) {
    await ledger.append(runOf(release, 'run', by));
  }
}

const contentOf = ({ build, versions, config }: ReleaseEntry) => ({ build, versions, config });
