import { expect, test } from 'vitest';
import { testRun } from '../../comparison.fixture.ts';
import type { ScenarioRun, SideName, SideRun } from '../../measurement.ts';
import { plotsOf } from './plot-data.ts';

/** Some time in which every 20 ms a customer places an order; one of the second second is lost. */
function side(name: SideName, seconds = 2): SideRun {
  const all = Array.from({ length: seconds * 50 }, (_, i) => ({ dueAt: i * 20, orderId: `${i}` }));
  return {
    side: name,
    samples: [
      { step: 'place', dueAt: -5, latencyMs: 999, status: 202 },
      ...all.map(({ dueAt }, i) => ({
        step: 'place' as const,
        dueAt,
        latencyMs: i + 1,
        status: dueAt === 1000 ? 502 : 202,
      })),
    ],
    orders: all.map((order) => ({ ...order, outcome: order.dueAt === 1500 ? ('lost' as const) : ('kept' as const) })),
    usage: [
      { at: -500, processes: 1, memoryBytes: 2 ** 30 },
      { at: 10, processes: 1, memoryBytes: 3 * 2 ** 20 },
      { at: 510, processes: 1, memoryBytes: 4 * 2 ** 20 },
    ],
    billable: {},
    load: { a: 1, b: 3 },
  };
}

const run: ScenarioRun = {
  ...{ scenario: 'kill', title: 'Kill', rate: 50, seconds: 2, incidents: [{ at: 1000, title: 'a kill' }] },
  sides: [side('servers')],
};

test('latencies are in buckets of at least ten requests, without the warm-up', () => {
  const { latency } = plotsOf(run);
  const [times, p50, p95, max, failed] = latency?.columns ?? [];
  expect(times).toEqual([0.1, 0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.5, 1.7, 1.9]);
  expect([p50?.[0], p95?.[0], max?.[0]]).toEqual([6, 10, 10]);
  // The first of 51 to 60 fails, and what fails has no latency.
  expect([p50?.[5], max?.[5]]).toEqual([56, 60]);
  expect(failed).toEqual([null, null, null, null, null, 1, null, null, null, null]);
  expect(latency?.marks).toEqual([{ at: 1, label: 'a kill' }]);
});

test('orders are counted when they are answered, beside those who came', () => {
  const [, asked, servers] = plotsOf(run)['throughput']?.columns ?? [];
  expect(asked).toEqual(Array(10).fill(50));
  // Of the first 200 ms, the last is due at 180 ms and takes 10 ms: all are answered within it.
  expect(servers?.[0]).toBe(50);
  // From 1 s to 1.2 s those are answered who were due from 960 ms to 1140 ms, but for the one who failed.
  expect(servers?.[5]).toBe(45);
});

test('lost orders are where they were placed, and where none is lost there is no plot', () => {
  const [, lost] = plotsOf(run)['lost']?.columns ?? [];
  expect(lost).toEqual([null, null, null, null, null, null, null, 1, null, null]);
  expect(plotsOf(testRun('steady'))).not.toHaveProperty('lost');
});

test('memory is in MB, and load a bar for each worker, the busiest first, with a gap between the sides', () => {
  const plots = plotsOf({ ...run, sides: [side('servers'), side('functions')] });
  expect(plots['memory']?.columns[1]).toEqual([3, 4, null, null]);
  expect(plots['load']?.columns).toEqual([
    [0, 1, 2, 3, 4],
    [3, 1, null, null, null],
    [null, null, null, 3, 1],
  ]);
});

test.each([60, 600])('%i s fit into as many points as a plot can show', (seconds) => {
  const { latency } = plotsOf({ ...run, seconds, sides: [side('servers', seconds)] });
  expect(latency?.columns[0]?.length).toBeLessThanOrEqual(120);
  expect(latency?.columns[0]?.length).toBeGreaterThan(50);
});

test('a run without sides has no plots', () => {
  expect(plotsOf({ ...run, sides: [] })).toEqual({});
});
