import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../terminal/command-line.ts';
import { filesIn, hashFolder } from './assembly/content-hash.ts';
import { type BuildEntry, nextNumber } from './ledger.ts';

/** A build on disk: `releases/builds/NNNN-<first 12 digits of its hash>`. */
export interface StoredBuild {
  readonly number: number;
  readonly sha256: string;
  readonly folder: string;
  /** Whether it was put there now; content that was there already keeps its number. */
  readonly isNew: boolean;
}

const candidateFolder = '.candidate';

/** The folder in which the next build is put together. Whatever is in it belongs to a build that was broken off. */
export async function emptyCandidate(releases: string): Promise<string> {
  const folder = join(releases, 'builds', candidateFolder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

/**
 * Gives what is in a folder its number and its place, and makes its files read-only. The folder is moved there, or
 * removed where the same content has a number already.
 *
 * @param known - Builds of before, also those that were deleted since: their numbers stay theirs.
 */
export async function storeBuild(
  candidate: string,
  releases: string,
  known: readonly BuildEntry[],
): Promise<StoredBuild> {
  const sha256 = await hashFolder(candidate);
  const stored = await storedBuilds(releases);
  const same = stored.find(({ digits }) => sha256.startsWith(digits));
  if (same) {
    await rm(candidate, { recursive: true });
    return { number: same.number, sha256, folder: same.folder, isNew: false };
  }
  for (const file of await filesIn(candidate)) {
    await chmod(join(candidate, file), 0o444);
  }
  const number =
    known.find((build) => build.sha256 === sha256)?.number ??
    nextNumber([...known, ...stored].map((build) => build.number));
  const folder = folderOf({ number, sha256 }, releases);
  await rename(candidate, folder);
  return { number, sha256, folder, isNew: true };
}

/** Where a build is. @throws UserError where it is gone, or is not what was built any more */
export async function findBuild(build: BuildEntry, releases: string): Promise<string> {
  const folder = folderOf(build, releases);
  const stored = await storedBuilds(releases);
  if (!stored.some((one) => one.folder === folder)) {
    throw new UserError(`Build ${build.number} is not there any more: ${folder} is missing. Build it again.`);
  }
  if ((await hashFolder(folder)) !== build.sha256) {
    throw new UserError(`Build ${build.number} was changed after it was built: ${folder}. Remove it and build again.`);
  }
  return folder;
}

function folderOf({ number, sha256 }: Pick<BuildEntry, 'number' | 'sha256'>, releases: string): string {
  return join(releases, 'builds', `${String(number).padStart(4, '0')}-${sha256.slice(0, 12)}`);
}

async function storedBuilds(releases: string) {
  const builds = join(releases, 'builds');
  await mkdir(builds, { recursive: true });
  return (await readdir(builds)).flatMap((name) => {
    const [, number, digits] = /^(\d{4,})-([0-9a-f]{12})$/.exec(name) ?? [];
    return number && digits ? [{ number: Number(number), digits, folder: join(builds, name) }] : [];
  });
}
