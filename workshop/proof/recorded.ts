import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../terminal/command-line.ts';
import { reasonOf } from '../../terminal/reason.ts';
import type { Finding } from '../experiment/experiment.ts';
import { snapshotNumbered } from '../snapshots.ts';
import type { Proof } from './proof.ts';
import { span } from './ranges.ts';

/** What some runs of a proof found, kept beside its lesson: the lesson's tables are cut from it. */
export interface Recorded {
  /** When the last run ended: ISO 8601, UTC. */
  readonly at: string;
  /** What it ran on, for a person. */
  readonly machine: string;
  readonly runs: number;
  readonly rows: readonly RecordedRow[];
}

export interface RecordedRow {
  /** The observable's. */
  readonly name: string;
  readonly title: string;
  /** As it stands in the lesson: a range, where the runs differ. */
  readonly shown: { readonly before: string; readonly after: string };
  /** What each run found. */
  readonly found: { readonly before: readonly Finding[]; readonly after: readonly Finding[] };
}

/** Where a lesson's record is, from the repository's root. */
export const recordedFile = (factor: number): string => `workshop/${snapshotNumbered(factor).slug}/recorded.json`;

/** What the runs of one proof found. @throws UserError unless each of them is proved */
export function recordOf(proofs: readonly Proof[]): Recorded {
  const [first] = proofs;
  const refused = proofs.find(({ verdict }) => verdict !== 'PROVED');
  if (!first || refused) {
    throw new UserError(`Only what is PROVED is recorded${refused ? `, and a run is ${refused.verdict}` : ''}.`);
  }
  return {
    at: proofs.at(-1)?.at ?? first.at,
    machine: `${process.platform} ${process.arch}, ${cpus().length} cores, Node ${process.version}`,
    runs: proofs.length,
    rows: first.rows.map(({ name, title, unit }) => {
      const same = proofs.flatMap(({ rows }) => rows.filter((row) => row.name === name));
      const of = (side: 'before' | 'after') => same.flatMap((row) => row[side].finding ?? []);
      const found = { before: of('before'), after: of('after') };
      return { name, title, shown: { before: span(found.before, unit), after: span(found.after, unit) }, found };
    }),
  };
}

/** Keeps what some runs of proofs found, each beside its lesson, and says for each where, or why not. */
export async function writeRecorded(proofs: readonly Proof[], repository: string): Promise<string[]> {
  const said: string[] = [];
  for (const [factor, same] of Map.groupBy(proofs, (proof) => proof.factor)) {
    const file = recordedFile(factor);
    try {
      const record = recordOf(same);
      await writeFile(join(repository, file), `${JSON.stringify(record, undefined, 2)}\n`);
      said.push(`Recorded in ${file}.`);
    } catch (error) {
      said.push(`Factor ${factor} was not recorded. ${reasonOf(error)}`);
    }
  }
  return said;
}
