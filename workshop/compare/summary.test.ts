import { expect, test } from 'vitest';
import type { ScenarioRun, SideRun } from './measurement.ts';
import { gini, summarise } from './summary.ts';

const side: SideRun = {
  side: 'servers',
  samples: [
    { step: 'place', dueAt: -500, latencyMs: 900, status: 202 },
    ...[10, 20, 30, 40].map((latencyMs, index) => ({
      step: 'place' as const,
      dueAt: index * 100,
      latencyMs,
      status: 202,
    })),
    { step: 'follow', dueAt: 400, latencyMs: 7, status: 200 },
    // Who fails is not fast.
    { step: 'follow', dueAt: 450, latencyMs: 5, status: 404 },
    { step: 'follow', dueAt: 500, latencyMs: 5, status: 0 },
  ],
  orders: [
    { orderId: 'w', dueAt: -500, outcome: 'lost' },
    { orderId: 'a', dueAt: 0, outcome: 'kept' },
    { orderId: 'b', dueAt: 100, outcome: 'kept' },
    { orderId: 'c', dueAt: 200, outcome: 'lost' },
    { orderId: 'd', dueAt: 300, outcome: 'not baked' },
  ],
  usage: [
    { at: -100, processes: 9, memoryBytes: 999 },
    { at: 0, processes: 2, memoryBytes: 100 },
    { at: 100, processes: 4, memoryBytes: 300 },
  ],
  billable: {},
  load: { a: 1, b: 3 },
};

const run: ScenarioRun = {
  scenario: 'steady',
  title: 'Steady load',
  rate: 10,
  seconds: 2,
  incidents: [],
  sides: [side],
};

test('what was measured is summed up, without the warm-up', () => {
  expect(summarise(run)).toEqual([
    {
      side: 'servers',
      keptPerSecond: 1,
      latency: { place: { p50: 30, p95: 40, p99: 40 }, follow: { p50: 7, p95: 7, p99: 7 } },
      failed: 2,
      orders: { kept: 2, lost: 1, 'not baked': 1, 'baked twice': 0 },
      unfairness: 0.25,
      recoveredAfter: undefined,
      peakMemoryBytes: 300,
      meanMemoryBytes: 200,
      meanProcesses: 3,
    },
  ]);
});

test('a side that measured nothing has nothing to say', () => {
  const empty: SideRun = { ...side, samples: [], orders: [], usage: [], load: {} };
  expect(summarise({ ...run, sides: [empty] })[0]).toMatchObject({
    keptPerSecond: 0,
    latency: {},
    unfairness: undefined,
    peakMemoryBytes: undefined,
  });
});

test.each([
  { shares: [], coefficient: undefined },
  { shares: [0, 0], coefficient: undefined },
  { shares: [7], coefficient: 0 },
  { shares: [5, 5, 5, 5], coefficient: 0 },
  { shares: [0, 0, 0, 12], coefficient: 0.75 },
  { shares: [1, 3], coefficient: 0.25 },
  { shares: [3, 1], coefficient: 0.25 },
])('the Gini coefficient of $shares is $coefficient', ({ shares, coefficient }) => {
  const found = gini(shares);
  if (coefficient === undefined) {
    expect(found).toBeUndefined();
  } else {
    expect(found).toBeCloseTo(coefficient, 10);
  }
});
