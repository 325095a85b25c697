import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../terminal/command-line.ts';
import { reachableFrom } from '../diff/reachable.ts';
import { snapshotNumbered } from '../snapshots.ts';

/** Where attendees keep what is theirs; git ignores it. */
export const mine = 'my-factory';
const progressFile = join(mine, 'progress.json');

const attempt = z.object({
  verdict: z.enum(['PROVED', 'NOT PROVED', 'CANNOT RUN HERE']),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** Of the code that was looked at. */
  sha256: z.string(),
});

const entry = z.object({
  /** The last proof of the workshop's own snapshot. */
  given: attempt.optional(),
  /** The last proof of the attendee's own version. */
  mine: attempt.optional(),
  /** The last proof of the exercise at the end of the lesson. */
  further: attempt.optional(),
  /** How many questions of the quiz were answered right, the last time. */
  quiz: z.number().int().nonnegative().optional(),
  /** How many hints were asked for. */
  hints: z.number().int().nonnegative().optional(),
});

const progress = z.record(z.string(), entry);

export type Attempt = z.infer<typeof attempt>;
export type Entry = z.infer<typeof entry>;
/** What an attendee did, by the folder of the factor: `06-processes`. */
export type Progress = z.infer<typeof progress>;

export type State = 'not tried' | 'not proved' | 'proved' | 'drifted';

/** Where an attempt stands, now that the code is what it is. */
export function stateOf(attempted: Attempt | undefined, sha256: string | undefined): State {
  if (!attempted) {
    return 'not tried';
  }
  if (attempted.verdict !== 'PROVED') {
    return 'not proved';
  }
  return attempted.sha256 === sha256 ? 'proved' : 'drifted';
}

export const keyOf = (factor: number): string => snapshotNumbered(factor).slug;

export async function readProgress(repository: string): Promise<Progress> {
  const file = join(repository, progressFile);
  if (!existsSync(file)) {
    return {};
  }
  try {
    return progress.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UserError(`${progressFile} cannot be read; repair it or delete it. ${why}`);
  }
}

export async function writeProgress(repository: string, changed: Progress): Promise<void> {
  const file = join(repository, progressFile);
  await mkdir(dirname(file), { recursive: true });
  const sorted = Object.fromEntries(Object.entries(changed).sort(([a], [b]) => a.localeCompare(b)));
  await writeFile(file, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/** Changes what is known of one factor. */
export async function noteProgress(repository: string, factor: number, change: (known: Entry) => Entry): Promise<void> {
  const known = await readProgress(repository);
  await writeProgress(repository, { ...known, [keyOf(factor)]: change(known[keyOf(factor)] ?? {}) });
}

/** A hash of files as they are. */
export async function hashOf(files: readonly string[], repository: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\n`).update(await readFile(join(repository, file)));
  }
  return hash.digest('hex');
}

/** A hash of all source that is reachable from some roots; undefined where that cannot be told, as it does not compile. */
export async function fingerprint(roots: readonly string[], repository: string): Promise<string | undefined> {
  const reachable = await reachableFrom(roots, repository).catch(() => undefined);
  if (!reachable || reachable.files.length === 0) {
    return undefined;
  }
  return await hashOf(reachable.files, repository);
}
