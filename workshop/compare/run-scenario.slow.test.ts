import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { SideRun } from './measurement.ts';
import { runScenario, type ScenarioOptions } from './run-scenario.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { openServersSide } from './side/servers-side.ts';
import { type Side, SideGone } from './side/side.ts';

// Each starts servers and sends them orders for seconds, which takes a machine with other work longer.
vi.setConfig({ testTimeout: 90_000 });

const root = join(import.meta.dirname, 'stateful-server.fixture.ts');

function options(name: string, change: Partial<ScenarioOptions> = {}): ScenarioOptions {
  const signal = new AbortController().signal;
  return {
    ...{ scenario: scenarioNamed(name), rate: 20, seconds: 3, warmUp: 0.5, seed: 1, run: 'test', signal },
    sides: [{ name: 'servers', open: openKitchen }],
    onProgress: () => {},
    ...change,
  };
}

const openKitchen = (signal: AbortSignal) => openServers(3, signal);
const openServers = (servers: number, signal: AbortSignal) =>
  openServersSide({ root, environment: { BAKE_MS: '20', ...telemetry }, servers, drainFor: 200, signal });
const telemetry = { POWERTOOLS_SERVICE_NAME: 'kitchen', POWERTOOLS_METRICS_NAMESPACE: 'Test' };

function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) {
    throw new Error(`There is no ${name}.`);
  }
  return scenario;
}

const lostIn = ({ orders }: SideRun) => orders.filter(({ outcome }) => outcome === 'lost').length;

function only(sides: readonly SideRun[]): SideRun {
  const [side] = sides;
  if (!side) {
    throw new Error('no side was measured');
  }
  return side;
}

test('steady load: every order is placed, listed, followed and kept, by servers in turn', async () => {
  const run = await runScenario(options('steady'));
  expect(run).toMatchObject({ scenario: 'steady', rate: 20, seconds: 3, incidents: [] });
  expect(run).not.toHaveProperty('partial');
  const side = only(run.sides);
  // Half a second of warm-up that begins slowly: seven customers and not ten.
  expect(side.orders).toHaveLength(60 + 7);
  expect(side.orders.filter(({ outcome }) => outcome !== 'kept')).toEqual([]);
  expect(side.orders.filter(({ dueAt }) => dueAt >= 0)).toHaveLength(60);
  expect(side.samples.filter(({ status }) => status >= 300)).toEqual([]);
  expect(new Set(side.samples.map(({ step }) => step))).toEqual(new Set(['place', 'list', 'follow']));
  expect(Object.keys(side.load)).toEqual(['worker-1', 'worker-2', 'worker-3']);
  expect(side.samples.length).toBe(Object.values(side.load).reduce((sum, count) => sum + count, 0));
  expect(side.billable.serverSeconds).toBeGreaterThan(3 * 3.5);
  if (process.platform !== 'win32') {
    // How often there was time to look depends on the machine.
    expect(side.usage.length).toBeGreaterThan(1);
    expect(side.usage.every(({ processes, memoryBytes }) => processes === 3 && memoryBytes > 3 * 20 * 2 ** 20)).toBe(
      true,
    );
  }
});

test('a server that is killed takes its orders with it, and another one comes', async () => {
  const run = await runScenario(options('kill'));
  expect(run.incidents).toEqual([{ at: 1_200, title: 'a process is killed' }]);
  const side = only(run.sides);
  const lost = side.orders.filter(({ outcome }) => outcome === 'lost');
  expect(lost.length).toBeGreaterThan(4);
  expect(lost.length).toBeLessThan(side.orders.length / 2);
  expect(Object.keys(side.load)).toContain('worker-4');
});

test('a deploy replaces all servers, and all that they knew', async () => {
  const side = only((await runScenario(options('deploy'))).sides);
  expect(Object.keys(side.load)).toEqual(['worker-1', 'worker-2', 'worker-3', 'worker-4', 'worker-5', 'worker-6']);
  expect(lostIn(side)).toBeGreaterThan(10);
});

test.each([
  { name: 'scale-out', servers: 4 },
  { name: 'scale-in', servers: 2 },
])('$name: $servers servers in the end', async ({ name, servers }) => {
  const seen: number[] = [];
  const open = async (signal: AbortSignal) => {
    const side = await openKitchen(signal);
    const account = side.account.bind(side);
    side.account = async () => {
      const usage = await side.usage();
      if (usage) {
        seen.push(usage.processes);
      }
      return await account();
    };
    return side;
  };
  const run = await runScenario(options(name, { sides: [{ name: 'servers', open }] }));
  expect(run).not.toHaveProperty('partial');
  if (process.platform !== 'win32') {
    expect(seen).toEqual([servers]);
  }
});

/** The kitchen as one server, of which something is otherwise. */
const otherwise = (change: (side: Side) => Partial<Side>) => async (signal: AbortSignal) => {
  const side = await openServers(1, signal);
  return Object.assign(side, change(side));
};

test('a side that is gone half-way is a partial result, and no loss of orders', async () => {
  let samples = 0;
  const open = otherwise((side) => {
    const usage = side.usage.bind(side);
    return {
      usage: async () => {
        samples++;
        return await usage();
      },
      check: async () => {
        if (samples > 25) {
          throw new SideGone('The endpoint does not answer any more.');
        }
      },
    };
  });
  const run = await runScenario(options('steady', { seconds: 60, sides: [{ name: 'functions', open }] }));
  expect(run.partial).toMatch(/^functions: The endpoint does not answer any more, \d+\.\d s into the measurement\.$/);
  expect(only(run.sides).samples.length).toBeGreaterThan(20);
  expect(only(run.sides).orders).toEqual([]);
});

test('an incident that cannot be is a partial result', async () => {
  const open = otherwise(() => ({ kill: () => Promise.reject(new Error('It cannot be killed.')) }));
  const run = await runScenario(options('kill', { sides: [{ name: 'servers', open }] }));
  expect(run.partial).toMatch(/^servers: It cannot be killed, 1\.\d s into the measurement\.$/);
});

test('a side that does not come up is a partial result, and the other is measured', async () => {
  const open = () => Promise.reject(new Error('No room.'));
  const sides = [
    { name: 'functions', open } as const,
    { name: 'servers', open: (signal: AbortSignal) => openServers(1, signal) } as const,
  ];
  const run = await runScenario(options('steady', { seconds: 1, sides }));
  expect(run.partial).toBe('functions: No room.');
  expect(run.sides.map(({ side }) => side)).toEqual(['servers']);
});

test('an interruption keeps what was measured, and leaves nothing', async () => {
  const interrupted = new AbortController();
  let closed = 0;
  const open = otherwise((side) => {
    const close = side.close.bind(side);
    return {
      close: async () => {
        await close();
        closed += 1;
      },
    };
  });
  const sides = [{ name: 'servers', open } as const, { name: 'functions', open } as const];
  const onProgress = (progress: string) => {
    if (/: 1 of 3 s/.test(progress)) {
      interrupted.abort(new Error('Interrupted.'));
    }
  };
  const run = await runScenario(options('steady', { sides, onProgress, signal: interrupted.signal }));
  expect(run.partial).toMatch(/^servers: Interrupted, 1\.\d s into the measurement\.$/);
  expect(run.sides.map(({ side }) => side)).toEqual(['servers']);
  expect(only(run.sides).samples.length).toBeGreaterThan(10);
  expect(closed).toBe(1);
});

test.each([
  {
    what: 'nobody listens',
    url: 'http://127.0.0.1:1/',
    says: /^functions: It took none of the first 8 orders\. Nothing answered at 127\.0\.0\.1:1: /,
  },
  {
    what: 'somebody else answers',
    url: undefined,
    says: /none of the first 8 orders\. it was answered 404: no such function$/,
  },
])('where $what, the side is not measured, and says why', async ({ url, says }) => {
  const stranger = createServer((_incoming, outgoing) => outgoing.writeHead(404).end('no such function'));
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  onTestFinished(() => void stranger.close());
  const there = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
  const run = await runScenario(
    options('steady', { sides: [{ name: 'functions', open: otherwise(() => ({ url: url ?? there })) }] }),
  );
  expect(run.partial).toMatch(says);
  expect(only(run.sides).samples).toEqual([]);
});
