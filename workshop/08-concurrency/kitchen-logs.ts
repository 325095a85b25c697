import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultsAt } from '../experiment/fault-port.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { bakers } from './oven-knob.ts';

/** A bake as the process that did it wrote it down. */
export interface BakeNote {
  readonly orderId: string;
  readonly cookies: number;
  /** ISO 8601 in UTC. */
  readonly bakedAt: string;
  readonly bakeMs: number;
}

/** What the living processes have noted in their own log files, which is where these snapshots keep them. */
export async function bakeNotes(snapshot: SnapshotUnderTest): Promise<BakeNote[]> {
  const faults = faultsAt(snapshot.endpoint);
  const environments = (await Promise.all(bakers(snapshot).map((name) => faults.environments(name)))).flat();
  const logs = await Promise.all(
    environments.map(({ temporaryDirectory }) =>
      readFile(join(temporaryDirectory, 'kitchen.log'), 'utf8').catch(() => ''),
    ),
  );
  return logs
    .flatMap((log) => log.split('\n'))
    .filter((line) => line.includes('"OrderBaked"'))
    .map((line) => JSON.parse(line) as BakeNote);
}

/** How many cookies a process had in its oven at the same time, by how long an order took. */
export const cookiesAtOnce = ({ cookies, bakeMs }: BakeNote, ovenMs: number): number =>
  Math.round((cookies * ovenMs) / Math.max(1, bakeMs));

/** The most orders that were in ovens at the same time, of whatever process. */
export function mostAtOnce(notes: readonly BakeNote[]): number {
  const moments = notes.flatMap(({ bakedAt, bakeMs }) => {
    const until = Date.parse(bakedAt);
    return [
      { at: until - bakeMs, change: 1 },
      { at: until, change: -1 },
    ];
  });
  // What ends in a millisecond has made room for what begins in it.
  moments.sort((one, other) => one.at - other.at || one.change - other.change);
  let [now, most] = [0, 0];
  for (const { change } of moments) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
}
