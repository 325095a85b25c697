import { randomFrom } from './load/generator.ts';
import type {
  Calibration,
  Comparison,
  OrderOutcome,
  Sample,
  ScenarioRun,
  SideName,
  SideRun,
  Usage,
} from './measurement.ts';
import { incidentsOf, scenarios } from './scenarios.ts';

/** A machine that has enough time for its customers. */
export const quietMachine = { cores: 2, cpu: 0.5, others: 0.02, steal: 0, queue: 0.7, lagMs: 14 } as const;

export const testCalibration: Calibration = {
  customers: 16,
  functions: {
    ordering: { warmMs: 6.2, initMs: 130, invocations: 48 },
    baking: { warmMs: 31, invocations: 16 },
    analytics: { warmMs: 4, invocations: 16 },
  },
  ...{ cpuSeconds: 0.04, machine: quietMachine, sustainableRate: 30 },
};

/** A comparison that nobody measured, as one of a quiet machine would be: servers fast and forgetful, functions not. */
export function testComparison(change: Partial<Comparison> = {}): Comparison {
  return {
    startedAt: '2026-11-23T10:00:00.000Z',
    endpoint: 'an embedded AWS of its own',
    seed: 1,
    calibration: testCalibration,
    machine: { cpus: 2, memoryBytes: 8 * 2 ** 30, node: 'v24.21.0', platform: 'linux x64' },
    scenarios: scenarios.map(({ name }) => testRun(name)),
    ...change,
  };
}

/** One scenario of it. */
export function testRun(name: string, change: Partial<ScenarioRun> = {}): ScenarioRun {
  const scenario = scenarios.find((one) => one.name === name) ?? { name, title: name, turns: [], actions: [] };
  const base = { scenario: name, title: scenario.title, rate: ordersPerSecond, seconds: duration };
  const incidents = scenario.turns[0] ? incidentsOf({ ...scenario, turns: [scenario.turns[0]] }, duration) : [];
  return {
    ...base,
    incidents: incidents.map(({ at, title }) => ({ at, title })),
    sides: [testSide('servers', name), testSide('functions', name)],
    ...change,
  };
}

const [ordersPerSecond, duration] = [20, 8];
const killedAt = 3200;

function testSide(side: SideName, scenario: string): SideRun {
  const random = randomFrom(scenario.length * 7919 + side.length);
  const samples: Sample[] = [];
  const orders: OrderOutcome[] = [];
  for (let dueAt = -2000; dueAt < duration * 1000; dueAt += (1000 / paceAt(dueAt, scenario)) * (0.4 + 1.2 * random())) {
    const index = orders.length;
    const isForgotten = side === 'servers' && scenario === 'kill' && dueAt >= 0 && dueAt < killedAt && index % 3 === 0;
    const isDown = side === 'servers' && scenario === 'kill' && dueAt >= killedAt && dueAt < killedAt + 350;
    for (const [step, offset] of [
      ['place', 0],
      ['list', 20],
      ['follow', 70],
    ] as const) {
      const latencyMs = latencyOf(side, scenario, dueAt, random());
      const status = isDown && index % 3 === 0 ? 502 : step === 'place' ? 202 : 200;
      samples.push({ step, dueAt: dueAt + offset, latencyMs, status });
    }
    orders.push({ orderId: `order-${index}`, dueAt, outcome: isForgotten ? 'lost' : 'kept' });
  }
  return {
    side,
    samples,
    orders,
    usage: usageOf(side),
    machine: quietMachine,
    ...(side === 'servers' ? asServers : asFunctions),
  };
}

function paceAt(dueAt: number, scenario: string): number {
  const part = dueAt / (duration * 1000);
  if (scenario === 'burst' && part >= 0.4 && part < 0.6) {
    return ordersPerSecond * 4;
  }
  if (scenario === 'scale-out' && part >= 0.4) {
    return ordersPerSecond * 2;
  }
  return scenario === 'scale-in' && part >= 0.4 ? ordersPerSecond / 2 : ordersPerSecond;
}

function latencyOf(side: SideName, scenario: string, dueAt: number, chance: number): number {
  const usual = (side === 'servers' ? 1.8 : 14) * (0.6 + chance ** 3 * 3);
  const isCold = side === 'functions' && (dueAt < -1200 || (scenario === 'burst' && dueAt > 3200 && dueAt < 3700));
  const isInIncident = side === 'servers' && scenario === 'kill' && dueAt >= killedAt && dueAt < killedAt + 400;
  return usual + (isCold ? 420 * chance : 0) + (isInIncident ? 60 * chance : 0);
}

function usageOf(side: SideName): Usage[] {
  return Array.from({ length: 20 }, (_, i) => {
    const processes = side === 'servers' ? 3 : Math.min(9, 3 + i);
    return {
      at: -2000 + i * 500,
      processes,
      memoryBytes: processes * (side === 'servers' ? 108 : 84) * 2 ** 20 + i * 2 ** 19,
    };
  });
}

const asServers: Pick<SideRun, 'billable' | 'load'> = {
  billable: { serverSeconds: 30, balancerSeconds: 10, logBytes: 90_000 },
  load: { 'worker-1': 190, 'worker-2': 198, 'worker-3': 192 },
};
const asFunctions: Pick<SideRun, 'billable' | 'load'> = {
  billable: {
    ...{ lambdaRequests: 780, lambdaGbSeconds: 4.2, logBytes: 600_000 },
    ...{ dynamodbWriteUnits: 1600, dynamodbReadUnits: 300, sqsRequests: 410 },
  },
  load: { '[1]4f0a': 260, '[1]97bc': 150, '[1]d01e': 90, '[1]5a33': 50, '[1]c7d4': 30 },
};
