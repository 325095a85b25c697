import { expect, test } from 'vitest';
import type { Billable, OrderOutcome, SideName, SideRun } from '../measurement.ts';
import { costPerThousandOrders, listPrices, type Prices } from './cost.ts';

/** Prices that can be reckoned with by heart. */
const prices: Prices = {
  lambdaRequests: { part: 'functions', dollars: 1, per: 1_000 },
  lambdaGbSeconds: { part: 'functions', dollars: 2, per: 1 },
  dynamodbWriteUnits: { part: 'tables and queue', dollars: 4, per: 1_000 },
  dynamodbReadUnits: { part: 'tables and queue', dollars: 1, per: 1_000 },
  sqsRequests: { part: 'tables and queue', dollars: 3, per: 1_000 },
  logBytes: { part: 'logs', dollars: 5, per: 1_000_000 },
  serverSeconds: { part: 'servers', dollars: 36, per: 3_600 },
  balancerSeconds: { part: 'balancer', dollars: 72, per: 3_600 },
};

const functions: Billable = {
  ...{ lambdaRequests: 500, lambdaGbSeconds: 0.25, logBytes: 200_000 },
  ...{ dynamodbWriteUnits: 250, dynamodbReadUnits: 500, sqsRequests: 500 },
};

function run(side: SideName, billable: Billable, kept = 100): SideRun {
  const orders = Array.from({ length: kept }, (_, i): OrderOutcome => ({ orderId: `${i}`, dueAt: i, outcome: 'kept' }));
  return { side, orders, billable, samples: [], usage: [], load: {} };
}

test('functions: by requests, by memory times time, by what the services behind them did', () => {
  // 0.50 for requests and 0.50 for GB-seconds; 1.00, 0.50 and 1.50 for tables and queue; 1.00 for logs: 5.00 for 100 orders.
  const cost = costPerThousandOrders(run('functions', functions), prices);
  expect(cost?.dollars).toBeCloseTo(50, 10);
  expect(cost?.parts).toEqual({ functions: 10, logs: 10, 'tables and queue': 30 });
});

test('servers: by how long they and their balancer were there', () => {
  // Three servers for 10 s at a cent a second, a balancer for 10 s at two cents, and 0.10 for logs.
  const billable = { serverSeconds: 30, balancerSeconds: 10, logBytes: 20_000 };
  const cost = costPerThousandOrders(run('servers', billable), prices);
  expect(cost?.dollars).toBeCloseTo(6, 10);
  expect(cost?.parts['servers']).toBeCloseTo(3, 10);
  expect(cost?.parts['balancer']).toBeCloseTo(2, 10);
});

test('orders that were lost are paid for by those that were kept', () => {
  const all = run('functions', functions);
  const orders = all.orders.map((order, i): OrderOutcome => (i < 50 ? { ...order, outcome: 'lost' } : order));
  expect(costPerThousandOrders({ ...all, orders }, prices)?.dollars).toBeCloseTo(100, 10);
});

test.each(Object.keys(functions))('without %s nothing is said', (left) => {
  const billable = Object.fromEntries(Object.entries(functions).filter(([name]) => name !== left));
  expect(costPerThousandOrders(run('functions', billable), prices)).toBeUndefined();
});

test('where no order was kept, there is none to be paid for', () => {
  expect(costPerThousandOrders(run('functions', functions, 0), prices)).toBeUndefined();
});

test('a million invocations of 100 ms with 512 MB cost what the price list says', () => {
  const billable = { ...functions, lambdaRequests: 1e6, lambdaGbSeconds: 1e6 * 0.1 * 0.5 };
  // 0.20 for requests, and 50,000 GB-seconds at 0.0000166667.
  expect(costPerThousandOrders(run('functions', billable, 1_000), listPrices)?.parts['functions']).toBeCloseTo(
    1.033335,
    6,
  );
});
