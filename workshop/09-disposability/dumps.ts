import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callHandler } from '../../client/factory/call-handler.ts';
import { type ReceivedOrder, ticketFor } from '../../functions/domain/order.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';

/** Bytes that the living processes of functions have left in their temporary directories, their logs aside. */
export async function dumpedBytes(endpoint: string, functionNames: readonly string[]): Promise<number> {
  const faults = faultsAt(endpoint);
  const environments = (await Promise.all(functionNames.map((name) => faults.environments(name)))).flat();
  const sizes = await Promise.all(environments.map(({ temporaryDirectory }) => bytesIn(temporaryDirectory)));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** Bytes that baking leaves on the disk of a local machine when it has baked some orders and its process is gone. */
export async function bytesLeftOnDisk(
  snapshot: SnapshotUnderTest,
  environment: Readonly<Record<string, string>>,
  orders: readonly ReceivedOrder[],
): Promise<number> {
  const root = snapshot.roots.find(({ name }) => name === 'baking');
  const disk = await mkdtemp(join(tmpdir(), 'disk-'));
  try {
    const Records = orders.map((order) => ({ messageId: order.orderId, body: JSON.stringify(ticketFor(order)) }));
    const file = join(snapshot.repository, root?.file ?? '');
    const withDisk = { ...environment, TMPDIR: disk, TEMP: disk, TMP: disk };
    await callHandler(file, { Records }, { environment: withDisk, signal: snapshot.signal });
    return await bytesIn(disk);
  } finally {
    await rm(disk, { recursive: true, force: true });
  }
}

async function bytesIn(folder: string): Promise<number> {
  const files = (await readdir(folder)).filter((file) => !file.endsWith('.log'));
  const stats = await Promise.all(files.map((file) => stat(join(folder, file))));
  return stats.reduce((sum, { size }) => sum + size, 0);
}
