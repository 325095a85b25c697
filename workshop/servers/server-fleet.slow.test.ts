import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ServerFleet, type Worker } from './server-fleet.ts';
import { startServer } from './start-server.ts';

const root = join(import.meta.dirname, 'counting.fixture.ts');
const environment = { GREETING: 'hello' };

const fleets: ServerFleet[] = [];
afterEach(async () => {
  await Promise.all(fleets.splice(0).map((fleet) => fleet.close()));
});

async function useFleet(workers: number): Promise<ServerFleet> {
  const fleet = await ServerFleet.start({ root, environment, workers });
  fleets.push(fleet);
  return fleet;
}

interface Answer {
  readonly requests: number;
  readonly pid: number;
  readonly greeting?: string;
  readonly home: string | null;
}

async function ask({ url }: Pick<Worker, 'url'>, path = '/'): Promise<Answer> {
  return (await (await fetch(new URL(path, url))).json()) as Answer;
}

test('runs a process each, with the environment it is given and a memory of its own', async () => {
  const { workers } = await useFleet(2);
  expect(workers.map(({ id }) => id)).toEqual(['worker-1', 'worker-2']);
  const answers = await Promise.all(workers.map((worker) => ask(worker)));
  expect(answers.map(({ pid }) => pid)).toEqual(workers.map(({ processId }) => processId));
  expect(new Set(workers.map(({ temporaryDirectory }) => temporaryDirectory)).size).toBe(2);
  expect(answers).toMatchObject(Array(2).fill({ requests: 1, greeting: 'hello', home: null }));
});

test('replaces one that is killed: another process, which remembers nothing', async () => {
  const fleet = await useFleet(2);
  const [first, second] = fleet.workers;
  if (!first || !second) {
    throw new Error('a fleet of two has two');
  }
  await ask(first);
  const replaced = await fleet.replace(first);
  expect(fleet.workers.map(({ id }) => id)).toEqual(['worker-2', 'worker-3']);
  await expect(fetch(first.url)).rejects.toThrow();
  expect((await ask(replaced)).requests).toBe(1);
  await expect(fleet.kill(first)).rejects.toThrow('There is no worker-1: worker-2, worker-3 run.');
});

test('one that is asked to stop finishes what it is doing', async () => {
  const fleet = await useFleet(1);
  const [worker] = fleet.workers;
  if (!worker) {
    throw new Error('a fleet of one has one');
  }
  await ask(worker);
  const inFlight = ask(worker, '/?ms=300');
  // The request is on its way when another one has been answered on a connection that was opened later.
  await ask(worker);
  await fleet.stop(worker);
  expect(await inFlight).toMatchObject({ pid: worker.processId });
  expect(fleet.workers).toEqual([]);
});

test('what a worker left on its disk stays when it is gone, until the fleet is closed', async () => {
  const fleet = await useFleet(1);
  const [worker] = fleet.workers;
  if (!worker) {
    throw new Error('a fleet of one has one');
  }
  await ask(worker, '/leave-a-file');
  await fleet.kill(worker);
  expect(existsSync(join(worker.temporaryDirectory, 'left-behind'))).toBe(true);
  await fleet.close();
  expect(existsSync(worker.temporaryDirectory)).toBe(false);
});

test('listens on the port it is told', async () => {
  const port = await freePort();
  const server = await startServer({ root, environment, port });
  try {
    expect(server.url).toBe(`http://127.0.0.1:${port}/`);
    expect(await ask(server)).toMatchObject({ requests: 1 });
  } finally {
    await server.close();
  }
});

test.each([
  { when: 'there is no such module', root: 'nowhere.ts', says: /ended before it listened: .*nowhere\.ts/ },
  { when: 'it has no handler', root: 'sticky-balancer.ts', says: /sticky-balancer\.ts exports no handler\./ },
])('says why it does not come up: $when', async ({ root, says }) => {
  const start = ServerFleet.start({ root: join(import.meta.dirname, root), environment, workers: 2 });
  await expect(start).rejects.toThrow(says);
});

test('gives up when it is told to', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(ServerFleet.start({ root, environment, workers: 2, signal })).rejects.toThrow('enough');
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') {
    throw new Error('it listened on no port');
  }
  return address.port;
}
