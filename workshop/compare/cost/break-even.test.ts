import { expect, test } from 'vitest';
import type { Billable, OrderOutcome, ScenarioRun, SideName, SideRun } from '../measurement.ts';
import { assumptionsOf, breakEvenIn, breakEvenOf, breakEvenSentence, partsSentence } from './break-even.ts';
import type { Prices } from './cost.ts';

const free = { part: 'functions', dollars: 0, per: 1 };
/** A cent a request; three cents a second for servers and two for a balancer, both so rounded that it can be reckoned. */
const prices: Prices = {
  lambdaRequests: { part: 'functions', dollars: 0.01, per: 1 },
  ...{ lambdaGbSeconds: free, dynamodbWriteUnits: free, dynamodbReadUnits: free, sqsRequests: free },
  logBytes: { part: 'logs', dollars: 1, per: 1_000_000 },
  serverSeconds: { part: 'servers', dollars: 108, per: 3_600 },
  balancerSeconds: { part: 'balancer', dollars: 72, per: 3_600 },
};

function side(name: SideName, billable: Billable): SideRun {
  const orders = Array.from({ length: 100 }, (_, i): OrderOutcome => ({ orderId: `${i}`, dueAt: i, outcome: 'kept' }));
  return { side: name, orders, billable, samples: [], usage: [], load: {} };
}

/** 100 orders in 10 s on two servers, and five requests of functions for each. */
function run(change: { servers?: Billable; functions?: Billable; partial?: string } = {}): ScenarioRun {
  const servers = { serverSeconds: 20, balancerSeconds: 10, logBytes: 1_000_000, ...change.servers };
  const functions = {
    ...{ lambdaRequests: 500, lambdaGbSeconds: 0, logBytes: 0 },
    ...{ dynamodbWriteUnits: 0, dynamodbReadUnits: 0, sqsRequests: 0, ...change.functions },
  };
  return {
    ...{ scenario: 'steady', title: 'Steady', rate: 10, seconds: 10, incidents: [] },
    sides: [side('servers', servers), side('functions', functions)],
    ...(change.partial !== undefined && { partial: change.partial }),
  };
}

test('both cost the same where what servers cost a second is what functions cost for so many orders', () => {
  // Servers: 8 cents a second and a cent an order. Functions: 5 cents an order. 8 / (5 - 1) = 2 orders a second.
  const found = breakEvenIn(run(), prices);
  expect(found?.load).toBeCloseTo(2, 10);
  // One server alone: 3 cents a second.
  expect(found?.ofLoneServer).toBeCloseTo(0.75, 10);
  expect(found?.servers).toBe(2);
  // A thousand orders in 100 s: 6 and 2 dollars for being there, and 10 for logs; 50 for five requests each.
  expect(found && partsSentence(found)).toBe(
    'When it was measured, 1,000 orders cost servers $18.00 (servers $6.00, balancer $2.00, logs $10.00), and functions $50.00 (functions $50.00, logs $0.00).',
  );
});

test('the curve begins at nothing and goes beyond the break-even, where it crosses', () => {
  const { curve = [], load = 0 } = breakEvenIn(run(), prices) ?? {};
  const month = 730 * 3600;
  expect(curve[0]).toEqual({ load: 0, servers: 0.08 * month, functions: 0 });
  expect(curve.at(-1)?.load).toBeGreaterThan(2 * load);
  for (const at of curve) {
    expect(at.functions < at.servers).toBe(at.load < load);
  }
});

test('where an order costs functions no more than servers, servers never cost less', () => {
  const found = breakEvenIn(run({ functions: { lambdaRequests: 100 } }), prices);
  expect(found).toMatchObject({ load: undefined, ofLoneServer: undefined });
  expect(found && breakEvenSentence(found)).toBe('At no load do servers cost less.');
  expect(found?.curve.every(({ servers, functions }) => functions < servers)).toBe(true);
});

test('nothing is said of what was not measured, or not to its end', () => {
  const [servers] = run().sides;
  expect(breakEvenIn(run({ partial: 'functions: Interrupted.' }), prices)).toBeUndefined();
  expect(breakEvenIn({ ...run(), sides: servers ? [servers] : [] }, prices)).toBeUndefined();
  expect(breakEvenOf({ scenarios: [] })).toBeUndefined();
});

test.each([
  { load: 3.44, says: 'Below 3.4 orders a second, day and night,' },
  { load: 12.6, says: 'Below 13 orders a second,' },
])('$load in words', ({ load, says }) => {
  expect(breakEvenSentence({ load })).toContain(says);
});

test('more than was measured is said to be a guess', () => {
  const costs = { servers: { dollars: 1, parts: {} }, functions: { dollars: 2, parts: {} } };
  const assumed = { ofLoneServer: 1, curve: [], servers: 3, measuredLoad: 20, costs };
  expect(assumptionsOf({ ...assumed, load: 40 }).join(' ')).toContain('was not measured');
  expect(assumptionsOf({ ...assumed, load: 4 }).join(' ')).not.toContain('was not measured');
});
