import { expect, test } from 'vitest';
import type { OrderOutcome, Sample, ScenarioRun, SideName, SideRun } from '../measurement.ts';
import { rowsOf, shown } from './rows.ts';

/** A side with a request of so many milliseconds each 100 ms, and an order each second. */
function side(name: SideName, latencyMs: number, change: Partial<SideRun> = {}): SideRun {
  const samples = Array.from(
    { length: 40 },
    (_, i): Sample => ({ step: 'place', dueAt: i * 100, latencyMs, status: 202 }),
  );
  const orders = Array.from(
    { length: 4 },
    (_, i): OrderOutcome => ({ orderId: `${i}`, dueAt: i * 1000, outcome: 'kept' }),
  );
  return { side: name, samples, orders, usage: [], billable: {}, load: { a: 20, b: 20 }, ...change };
}

function run(sides: readonly SideRun[], change: Partial<ScenarioRun> = {}): ScenarioRun {
  return { ...{ scenario: 'steady', title: 'Steady', rate: 1, seconds: 4, incidents: [] }, sides, ...change };
}

const rowOf = (name: string, one: ScenarioRun) => rowsOf(one).find((row) => row.name === name);

test.each([
  { servers: 2, functions: 20, wins: 'servers' },
  { servers: 200, functions: 20, wins: 'functions' },
  { servers: 100, functions: 95, wins: 'even' },
  { servers: 100, functions: 94, wins: 'functions' },
  { servers: 1, functions: 2, wins: 'even' },
])('$servers ms beside $functions ms: $wins', ({ servers, functions, wins }) => {
  const row = rowOf('place-p50', run([side('servers', servers), side('functions', functions)]));
  expect(row).toMatchObject({ servers, functions, wins });
});

test('one order that is lost makes a difference, and outcomes that nobody met have no row', () => {
  const lost: OrderOutcome = { orderId: 'x', dueAt: 5, outcome: 'lost' };
  const functions = side('functions', 9);
  const both = run([side('servers', 9, { orders: [...functions.orders, lost] }), functions]);
  expect(rowOf('lost', both)).toMatchObject({ servers: 1, functions: 0, wins: 'functions' });
  expect(rowOf('not baked', both)).toBeUndefined();
});

test('orders that nobody could ask after are not none', () => {
  const row = rowOf('lost', run([side('servers', 9, { orders: [] }), side('functions', 9)]));
  expect(row && shown(row, 'servers')).toBe('not known');
  expect(row && shown(row, 'functions')).toBe('0');
  expect(row).not.toHaveProperty('wins');
});

test('nobody wins anything in a run that did not come to its end, or that has one side only', () => {
  const partial = run([side('servers', 2), side('functions', 20)], { partial: 'functions: Interrupted.' });
  const alone = run([side('servers', 2)]);
  expect([...rowsOf(partial), ...rowsOf(alone)].filter(({ wins }) => wins !== undefined)).toEqual([]);
});

test('who recovers is better than who does not, and without an incident nobody asks', () => {
  const down = side('servers', 9).samples.map((sample) => ({ ...sample, status: sample.dueAt < 1500 ? 202 : 502 }));
  const sides = [side('servers', 9, { samples: down }), side('functions', 9)];
  const row = rowOf('recovery', run(sides, { incidents: [{ at: 1500, title: 'a kill' }] }));
  expect(row).toMatchObject({ servers: undefined, functions: 0, wins: 'functions' });
  expect(row && shown(row, 'servers')).toBe('not within the run');
  expect(rowOf('recovery', run(sides))).toBeUndefined();
});

test('what orders cost is the last row, where it is known', () => {
  const billed = side('servers', 9, { billable: { serverSeconds: 12, balancerSeconds: 4, logBytes: 2_000 } });
  const both = run([billed, side('functions', 9)]);
  expect(rowsOf(both).at(-1)).toMatchObject({ name: 'cost', functions: undefined });
  const row = rowOf('cost', both);
  expect(row && shown(row, 'servers')).toMatch(/^\$0\.0\d+$/);
  expect(row && shown(row, 'functions')).toBe('not known');
  expect(rowOf('cost', run([side('servers', 9), side('functions', 9)]))).toBeUndefined();
});

test('a side that did not answer is not judged, and neither is the other', () => {
  const silent = side('functions', 1, {
    samples: [{ step: 'place', dueAt: 0, latencyMs: 1, status: 0 }],
    orders: [],
  });
  const rows = rowsOf(run([side('servers', 9), silent]));
  expect(rows.filter(({ wins }) => wins !== undefined)).toEqual([]);
});
