import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../terminal/command-line.ts';

const named = z.record(z.string(), z.string());
const number = z.int().positive();
/** What every entry says: when it was written (ISO 8601, UTC) and by whom. */
const written = { at: z.iso.datetime(), by: z.string() };

const buildEntry = z.object({
  what: z.literal('build'),
  number,
  stage: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  commit: z.string().optional(),
  ...written,
});

const releaseEntry = z.object({
  what: z.literal('release'),
  number,
  build: number,
  stage: z.string(),
  stack: z.string(),
  stackId: z.string(),
  versions: named,
  config: z.object({ parameters: named, environment: z.record(z.string(), named) }),
  ...written,
});

const runEntry = z.object({
  what: z.enum(['run', 'rollback']),
  release: number,
  stack: z.string(),
  stackId: z.string(),
  ...written,
});

const entry = z.discriminatedUnion('what', [buildEntry, releaseEntry, runEntry]);

/** A build: source that passed its tests, as an assembly under its number. `sha256` is that of its content. */
export type BuildEntry = Readonly<z.infer<typeof buildEntry>>;
/** A release: a build with a deploy's config, as function versions that passed the smoke test. */
export type ReleaseEntry = Readonly<z.infer<typeof releaseEntry>>;
/** What runs since then, and whether that was a step forward or back. */
export type RunEntry = Readonly<z.infer<typeof runEntry>>;
export type LedgerEntry = BuildEntry | ReleaseEntry | RunEntry;

/**
 * What was built, released and run: a line of JSON each, in the order in which it happened. Lines are added to its end and
 * never changed.
 */
export interface Ledger {
  read(): Promise<readonly LedgerEntry[]>;
  append(entry: LedgerEntry): Promise<void>;
}

/** The ledger in a folder, which need not be there yet. */
export function openLedger(releases: string): Ledger {
  const file = join(releases, 'ledger.jsonl');
  return {
    read: async () => parseLedger(await readIfThere(file), file),
    append: async (added) => {
      await mkdir(releases, { recursive: true });
      await appendFile(file, `${JSON.stringify(entry.parse(added))}\n`);
    },
  };
}

/** @throws UserError that names the line which is no entry */
export function parseLedger(text: string, file: string): LedgerEntry[] {
  const lines = text.split('\n').map((line, index) => ({ line, at: `${file}:${index + 1}` }));
  return lines.filter(({ line }) => line.trim() !== '').map(({ line, at }) => parseEntry(line, at));
}

export const buildsIn = (entries: readonly LedgerEntry[]): BuildEntry[] =>
  entries.filter((one): one is BuildEntry => one.what === 'build');

export const releasesIn = (entries: readonly LedgerEntry[]): ReleaseEntry[] =>
  entries.filter((one): one is ReleaseEntry => one.what === 'release');

export const runsIn = (entries: readonly LedgerEntry[]): RunEntry[] =>
  entries.filter((one): one is RunEntry => one.what === 'run' || one.what === 'rollback');

/** The entry that says: this release runs from now on. */
export function runOf({ number, stack, stackId }: ReleaseEntry, what: RunEntry['what'], by: string): RunEntry {
  return { what, release: number, stack, stackId, at: new Date().toISOString(), by };
}

/** One more than the highest number so far. */
export const nextNumber = (numbers: Iterable<number>): number => Math.max(0, ...numbers) + 1;

function parseEntry(line: string, at: string): LedgerEntry {
  const parsed = entry.safeParse(parseJson(line, at));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${at} is no entry of the ledger: ${issue?.path.join('.')} ${issue?.message}`);
  }
  return parsed.data;
}

function parseJson(line: string, at: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UserError(`${at} is not JSON. The ledger is only ever added to: repair or remove that line.`);
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return '';
    }
    throw error;
  }
}
