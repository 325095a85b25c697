import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EmulatorOptions, startEmulator } from 'embedded-aws';
import { expect, onTestFinished, test, vi } from 'vitest';
import { localAccessKeys } from '../../client/endpoint/aws-environment.ts';
import { removeStacks } from '../proof/deploy-stacks.ts';
import type { Shown } from './floor.ts';
import type { LaneSummary } from './protocol.ts';
import { type FloorServer, openFloor } from './server/floor-server.ts';

const patience = { timeout: 60_000, interval: 100 };

async function startEndpoint(options: EmulatorOptions = {}): Promise<string> {
  const { url, close } = await startEmulator({ port: 0, accessKeys: localAccessKeys, ...options });
  onTestFinished(() => close());
  return url;
}

/** The same endpoint as one that knows nothing of events and of faults. */
async function withoutItsPages(endpoint: string): Promise<string> {
  const { hostname, port } = new URL(endpoint);
  const proxy = createServer((incoming, response) => {
    const { url: path = '', method, headers } = incoming;
    if (path.startsWith('/_emulator/')) {
      response.writeHead(404).end('{}');
      return;
    }
    const outgoing = request({ hostname, port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

/** A floor that somebody looks at, so that customers come. */
async function openWatched(endpoint: string, snapshots: readonly Shown[] = [9]): Promise<FloorServer> {
  const server = await openFloor({ endpoint, snapshots, traffic: 4, port: 0 });
  const page = request(new URL('/events', server.url), (answer) => answer.resume());
  page.on('error', () => undefined);
  page.end();
  onTestFinished(async () => {
    page.destroy();
    await server.close();
  });
  return server;
}

const laneOf = ({ floor }: FloorServer): LaneSummary | undefined => floor.whole().lanes[0]?.summary;
const reasonsOf = ({ floor }: FloorServer): Readonly<Record<string, string>> =>
  Object.fromEntries(floor.settings().breaks.map(({ name, unavailable }) => [name, unavailable]));

test('a stack that is deleted closes the lane, and one that comes again opens it', { timeout: 180_000 }, async () => {
  const endpoint = await startEndpoint({ faults: false });
  const server = await openWatched(endpoint);
  expect(laneOf(server)).toMatchObject({ status: 'building' });
  expect(reasonsOf(server)['burst']).toBe('No factory is open yet.');
  await server.floor.deploy();
  await vi.waitFor(() => expect(laneOf(server)?.figures.acknowledged).toBeGreaterThan(2), patience);
  // Its fault port is closed.
  expect(reasonsOf(server)).toMatchObject({ burst: '', poison: '', 'kill-all': expect.stringContaining('fault port') });
  const [environment] = laneOf(server)?.environments ?? [];
  const kill = { action: 'kill', lane: 0, environment: environment?.id ?? '' } as const;
  await expect(server.floor.do(kill)).rejects.toThrow('no open fault port');

  await removeStacks(['Factor09-Prod'], endpoint, new AbortController().signal);
  await vi.waitFor(() => expect(laneOf(server)).toMatchObject({ status: 'gone', environments: [] }), patience);
  expect(server.floor.whole().lanes[0]?.things).toEqual([]);
  await server.floor.deploy();
  await vi.waitFor(() => expect(laneOf(server)?.figures.acknowledged).toBeGreaterThan(2), patience);
  expect(laneOf(server)).toMatchObject({ status: 'open', figures: { lost: 0 } });
});

test('an endpoint that tells nothing shows what customers and queue show', { timeout: 180_000 }, async () => {
  const endpoint = await withoutItsPages(await startEndpoint());
  const server = await openWatched(endpoint);
  await server.floor.deploy();
  await vi.waitFor(() => expect(server.floor.settings().connection.text).toContain('does not tell'), patience);
  await vi.waitFor(() => expect(laneOf(server)?.figures.acknowledged).toBeGreaterThan(2), patience);
  await vi.waitFor(
    () => expect(server.floor.whole().lanes[0]?.things?.some(({ isBaked }) => isBaked)).toBe(true),
    patience,
  );
  const { figures, queue } = laneOf(server) ?? {};
  expect(figures).toMatchObject({ lost: 0, memoryMegabytes: null, costPerThousand: null, bakedPerSecond: null });
  expect(queue).toMatchObject({ deadLetters: 0 });
  expect(reasonsOf(server)).toMatchObject({ burst: '', 'deliver-twice': expect.stringContaining('fault port') });
});

test('a stateful server that is killed takes its orders along, and the functions lose none', {
  timeout: 180_000,
}, async () => {
  const server = await openWatched(await startEndpoint(), ['servers', 12]);
  await server.floor.deploy();
  const lanes = () => server.floor.whole().lanes.map(({ summary }) => summary);
  await vi.waitFor(() => expect(lanes()[0]?.figures.acknowledged).toBeGreaterThan(8), patience);
  const [kitchen] = lanes();
  expect(kitchen).toMatchObject({ title: 'Stateful servers', figures: { environments: 3, lost: 0 } });
  const inDrawers = server.floor.whole().lanes[0]?.things?.filter(({ place }) => place === 'drawer') ?? [];
  const environment = inDrawers[0]?.environment ?? '';
  expect(environment).toMatch(/^worker-\d$/);
  await server.floor.do({ action: 'kill', lane: 0, environment });
  expect(server.floor.settings().done[0]?.text).toBe('Killed somebody at the counter of Stateful servers');
  await vi.waitFor(() => expect(lanes()[0]?.figures.lost).toBeGreaterThan(0), patience);
  // The operator started another.
  await vi.waitFor(() => expect(lanes()[0]?.figures.environments).toBe(3), patience);
  expect(lanes()[1]?.figures.lost).toBe(0);
});

test('a scene deploys what it shows, waits for customers, and breaks what it is about', {
  timeout: 240_000,
}, async () => {
  const server = await openWatched(await startEndpoint());
  const lanes = () => server.floor.whole().lanes.map(({ summary }) => summary);
  await server.floor.do({ action: 'scene', name: '9' });
  expect(lanes().map((summary) => summary?.title)).toEqual(['Snapshot 8', 'Snapshot 9']);
  expect(server.floor.settings()).toMatchObject({ scene: '9', traffic: 4 });
  await vi.waitFor(() => expect(server.floor.settings().done[0]?.text).toContain('Deliver twice'), patience);
  // In 8 the last bake wins, and in 9 the first.
  await vi.waitFor(() => expect(lanes()[0]?.figures.bakedTwice).toBeGreaterThan(0), patience);
  await vi.waitFor(() => expect(lanes()[1]?.figures.collected).toBeGreaterThan(20), patience);
  expect(lanes()[1]?.figures).toMatchObject({ bakedTwice: 0, lost: 0 });
});
