import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { Deployer } from './deployer.ts';
import type { Shown } from './floor.ts';
import type { LaneSummary } from './protocol.ts';
import { type FloorServer, openFloor } from './server/floor-server.ts';

/** Deploys snapshots for all tests of a file: that takes longer than the tests. */
export async function deploySnapshots(endpoint: string, snapshots: readonly number[]): Promise<void> {
  const { signal } = new AbortController();
  await new Deployer({ endpoint, signal, onStep: () => {} }).deploy(snapshots);
}

/** A floor until the end of the test. */
export async function openTestFloor(
  endpoint: string,
  snapshots: readonly Shown[],
  traffic: number,
): Promise<FloorServer> {
  const server = await openFloor({ endpoint, snapshots, traffic, port: 0 });
  onTestFinished(() => server.close());
  return server;
}

/** A floor that somebody looks at, so that customers come. */
export async function openWatched(endpoint: string, snapshots: readonly Shown[]): Promise<FloorServer> {
  const server = await openTestFloor(endpoint, snapshots, 4);
  const page = request(new URL('/events', server.url), (answer) => answer.resume());
  page.on('error', () => undefined);
  page.end();
  onTestFinished(() => void page.destroy());
  return server;
}

export const lanesOf = ({ floor }: FloorServer): (LaneSummary | undefined)[] =>
  floor.whole().lanes.map(({ summary }) => summary);
