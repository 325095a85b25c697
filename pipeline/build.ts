import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyCandidate, findBuild, storeBuild } from './build-store.ts';
import { KnownSources } from './known-sources.ts';
import { type BuildEntry, buildsIn, openLedger } from './ledger.ts';

export interface BuildOptions {
  /** Folder of the builds and the ledger. */
  readonly releases: string;
  /** The stage that is built, such as `Factor12`. */
  readonly stage: string;
  /** Must throw where the source is not fit to be built. */
  readonly check: () => Promise<void>;
  /** Must make the stage's cloud assembly in the folder that it is given. */
  readonly assemble: (folder: string) => Promise<void>;
  /** By what the source is known, see `known-sources.ts`. @default - it is checked and assembled anew */
  readonly source?: string;
  readonly by: string;
  /** The commit that the source is at. @default - not known */
  readonly commit?: string;
  readonly onProgress: (step: string) => void;
}

export interface Built {
  readonly build: BuildEntry;
  readonly folder: string;
  /** Whether this is another build than any before; what is built again keeps its number. */
  readonly isNew: boolean;
}

/**
 * Turns source into an artifact: checked, bundled, synthesised, numbered, kept, and never changed again. One that fails
 * takes no number and leaves nothing behind. Source that was built before is what it was then.
 *
 * @throws whatever the check or the assembling throws
 */
export async function build(options: BuildOptions): Promise<Built> {
  const { releases, stage, by, commit, onProgress } = options;
  const ledger = openLedger(releases);
  const before = buildsIn(await ledger.read());
  const builtBefore = await buildOfSource(before, options);
  if (builtBefore) {
    return builtBefore;
  }
  onProgress('checking');
  await options.check();
  onProgress(`bundling and synthesising ${stage}`);
  const candidate = await emptyCandidate(releases);
  try {
    await options.assemble(join(candidate, 'assembly'));
    const { number, sha256, folder, isNew } = await storeBuild(candidate, releases, before);
    const known = before.find((build) => build.sha256 === sha256);
    await noteSource(number, options);
    if (known) {
      return { build: known, folder, isNew };
    }
    const at = new Date().toISOString();
    const entry: BuildEntry = { what: 'build', number, stage, sha256, ...(commit && { commit }), at, by };
    await ledger.append(entry);
    return { build: entry, folder, isNew };
  } finally {
    await rm(candidate, { recursive: true, force: true });
  }
}

/** The build of this source, if there is one and it is still whole. */
async function buildOfSource(
  before: readonly BuildEntry[],
  { releases, source, stage }: BuildOptions,
): Promise<Built | undefined> {
  const number = source === undefined ? undefined : await new KnownSources(releases).find(source);
  const known = before.find((build) => build.number === number && build.stage === stage);
  // One that was removed or changed is built again.
  const folder = known && (await findBuild(known, releases).catch(() => undefined));
  return known && folder !== undefined ? { build: known, folder, isNew: false } : undefined;
}

async function noteSource(number: number, { releases, source }: BuildOptions): Promise<void> {
  if (source !== undefined) {
    await new KnownSources(releases).note(source, number);
  }
}
