import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Emulator, type EmulatorOptions, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { localAccessKeys } from '../../client/endpoint/aws-environment.ts';
import { patience } from '../../test/in-page.ts';
import { removeStacks } from '../proof/deploy-stacks.ts';
import { deploySnapshots, lanesOf, openWatched } from './floor.fixture.ts';
import type { FloorServer } from './server/floor-server.ts';

/** Whose factory the tests share that change nothing of it. */
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ port: 0, accessKeys: localAccessKeys });
  await deploySnapshots(emulator.url, [12]);
}, 180_000);

/** An endpoint of a test's own. */
async function startEndpoint(options: EmulatorOptions = {}): Promise<string> {
  const { url, close } = await startEmulator({ port: 0, accessKeys: localAccessKeys, ...options });
  onTestFinished(() => close());
  return url;
}

afterAll(() => emulator?.close());

/** The shared endpoint as one that knows nothing of the paths that begin so. */
async function without(path: string): Promise<string> {
  const { hostname, port } = new URL(emulator.url);
  const proxy = createServer((incoming, response) => {
    const { url = '', method, headers } = incoming;
    if (url.startsWith(path)) {
      response.writeHead(404).end('{}');
      return;
    }
    const outgoing = request({ hostname, port, path: url, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

const reasonsOf = ({ floor }: FloorServer): Readonly<Record<string, string>> =>
  Object.fromEntries(floor.settings().breaks.map(({ name, unavailable }) => [name, unavailable]));

test('an endpoint that tells nothing shows customers, queue and logs, and says what is not known', {
  timeout: 300_000,
}, async () => {
  const server = await openWatched(await without('/_emulator/'), [12]);
  await vi.waitFor(() => expect(server.floor.settings().connection.text).toContain('does not tell'), patience);
  await vi.waitFor(() => expect(lanesOf(server)[0]?.figures.acknowledged).toBeGreaterThan(2), patience);
  await vi.waitFor(
    () => expect(server.floor.whole().lanes[0]?.things?.some(({ isBaked }) => isBaked)).toBe(true),
    patience,
  );
  const { figures, queue } = lanesOf(server)[0] ?? {};
  const unknown = { memoryMegabytes: null, costPerThousand: null, bakedPerSecond: null, environments: null };
  expect(figures).toMatchObject({ lost: 0, ...unknown });
  expect(queue).toMatchObject({ deadLetters: 0 });
  expect(reasonsOf(server)).toMatchObject({ burst: '', 'deliver-twice': expect.stringContaining('fault port') });
  const frames: string[] = [];
  const stream = request(new URL('/events', server.url), (answer) =>
    answer.setEncoding('utf8').on('data', (text: string) => frames.push(text)),
  );
  stream.end();
  onTestFinished(() => void stream.destroy());
  await vi.waitFor(() => expect(frames.join('')).toMatch(/"lines":\[\{"environment":"","text":"[^"]/), patience);
});

test('a stateful server that is killed takes its orders along, and the functions lose none', {
  timeout: 300_000,
}, async () => {
  const server = await openWatched(emulator.url, ['servers', 12]);
  await vi.waitFor(() => expect(lanesOf(server)[0]?.figures.acknowledged).toBeGreaterThan(8), patience);
  expect(lanesOf(server)[0]).toMatchObject({ title: 'Stateful servers', figures: { environments: 3, lost: 0 } });
  const inDrawers = server.floor.whole().lanes[0]?.things?.filter(({ place }) => place === 'drawer') ?? [];
  const environment = inDrawers[0]?.environment ?? '';
  expect(environment).toMatch(/^worker-\d$/);
  await server.floor.do({ action: 'kill', lane: 0, environment });
  expect(server.floor.settings().done[0]?.text).toBe('Killed somebody at the counter of Stateful servers');
  await vi.waitFor(() => expect(lanesOf(server)[0]?.figures.lost).toBeGreaterThan(0), patience);
  expect(lanesOf(server)[0]?.outcome).toMatch(/^A process was killed\. .* in memory and nowhere else/);
  // The operator started another.
  await vi.waitFor(() => expect(lanesOf(server)[0]?.figures.environments).toBe(3), patience);
  expect(lanesOf(server)[1]?.figures.lost).toBe(0);
});

test('a scene deploys what it shows, waits for customers, and breaks what it is about; free play ends it', {
  timeout: 300_000,
}, async () => {
  const server = await openWatched(await startEndpoint(), [12]);
  await server.floor.do({ action: 'scene', name: '9' });
  expect(lanesOf(server).map((summary) => summary?.title)).toEqual(['Snapshot 8', 'Snapshot 9']);
  expect(server.floor.settings()).toMatchObject({ scene: '9', traffic: 4 });
  await vi.waitFor(() => expect(server.floor.settings().done[0]?.text).toContain('Deliver twice'), patience);
  // In 8 the last bake wins, and in 9 the first.
  await vi.waitFor(() => expect(lanesOf(server)[0]?.figures.bakedTwice).toBeGreaterThan(0), patience);
  await vi.waitFor(() => expect(lanesOf(server)[1]?.figures.collected).toBeGreaterThan(20), patience);
  expect(lanesOf(server)[1]?.figures).toMatchObject({ bakedTwice: 0, lost: 0 });
  await server.floor.do({ action: 'scene', name: '' });
  expect(lanesOf(server).map((summary) => summary?.title)).toEqual(['Snapshot 12']);
  expect(server.floor.settings().scene).toBe('');
});

test('a stack that is deleted closes the lane, and one that comes again opens it', { timeout: 300_000 }, async () => {
  const endpoint = await startEndpoint({ faults: false });
  const server = await openWatched(endpoint, [9]);
  expect(lanesOf(server)[0]).toMatchObject({ status: 'building' });
  await server.floor.deploy();
  await vi.waitFor(() => expect(lanesOf(server)[0]?.figures.acknowledged).toBeGreaterThan(2), patience);
  // Its fault port is closed.
  expect(reasonsOf(server)).toMatchObject({ burst: '', poison: '', 'kill-all': expect.stringContaining('fault port') });
  const [environment] = lanesOf(server)[0]?.environments ?? [];
  const kill = { action: 'kill', lane: 0, environment: environment?.id ?? '' } as const;
  await expect(server.floor.do(kill)).rejects.toThrow('no open fault port');

  await removeStacks(['Factor09-Prod'], endpoint, new AbortController().signal);
  await vi.waitFor(() => expect(lanesOf(server)[0]).toMatchObject({ status: 'gone', environments: [] }), patience);
  expect(server.floor.whole().lanes[0]?.things).toEqual([]);
  expect(reasonsOf(server)['burst']).toBe('No factory is open yet.');
  await server.floor.deploy();
  await vi.waitFor(() => expect(lanesOf(server)[0]?.figures.acknowledged).toBeGreaterThan(2), patience);
  expect(lanesOf(server)[0]).toMatchObject({ status: 'open', figures: { lost: 0 } });
});
