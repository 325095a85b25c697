import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { faultsAt } from '../proof/faults.ts';

/** Bytes that the living processes of functions have left in their temporary directories, their logs aside. */
export async function dumpedBytes(endpoint: string, functionNames: readonly string[]): Promise<number> {
  const faults = faultsAt(endpoint);
  const environments = (await Promise.all(functionNames.map((name) => faults.environments(name)))).flat();
  const sizes = await Promise.all(environments.map(({ temporaryDirectory }) => bytesIn(temporaryDirectory)));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

async function bytesIn(folder: string): Promise<number> {
  const files = (await readdir(folder)).filter((file) => !file.endsWith('.log'));
  const stats = await Promise.all(files.map((file) => stat(join(folder, file))));
  return stats.reduce((sum, { size }) => sum + size, 0);
}
