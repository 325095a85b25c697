import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyCandidate, storeBuild } from './build-store.ts';
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
 * takes no number and leaves nothing behind.
 *
 * @throws whatever the check or the assembling throws
 */
export async function build(options: BuildOptions): Promise<Built> {
  const { releases, stage, by, commit, onProgress } = options;
  const ledger = openLedger(releases);
  const before = buildsIn(await ledger.read());
  onProgress('checking');
  await options.check();
  onProgress(`bundling and synthesising ${stage}`);
  const candidate = await emptyCandidate(releases);
  try {
    await options.assemble(join(candidate, 'assembly'));
    const { number, sha256, folder, isNew } = await storeBuild(candidate, releases, before);
    const known = before.find((build) => build.sha256 === sha256);
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
