import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultsAt } from '../experiment/fault-port.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { bakers } from './oven-knob.ts';

/** A bake as the process that did it wrote it down. */
export interface BakeNote {
  readonly orderId: string;
  readonly cookies: number;
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
