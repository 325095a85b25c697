import { expect, test } from 'vitest';
import type { FactoryEvent } from '../domain/journal.ts';
import { telemetryInMemory } from './test-telemetry.ts';

const items = [{ recipe: 'raisin', quantity: 3 }];
const removed = { baked: 1, expired: 2 };

const cases: readonly (readonly [FactoryEvent, string, Record<string, number>])[] = [
  [
    { event: 'OrderPlaced', orderId: '1', items, cookies: 3, totalCents: 330 },
    'INFO',
    { OrdersPlaced: 1, CookiesOrdered: 3 },
  ],
  [{ event: 'OrderNotQueued', orderId: '1', error: new Error('down') }, 'WARN', { OrdersNotQueued: 1 }],
  [
    { event: 'OrderBaked', orderId: '1', items, cookies: 3, bakeMs: 20, waitMs: 90 },
    'INFO',
    { OrdersBaked: 1, CookiesBaked: 3, OrderWait: 90 },
  ],
  [{ event: 'OrderNotAwaited', orderId: '1' }, 'INFO', {}],
  [{ event: 'BakeFailed', messageId: 'm', orderId: '1', error: new Error('burnt') }, 'ERROR', { BakesFailed: 1 }],
  [{ event: 'OrderRemoved', orderId: '1', because: 'expired' }, 'INFO', { OrdersRemoved: 1 }],
  [{ event: 'OrderRequeued', orderId: '1' }, 'INFO', { OrdersRequeued: 1 }],
  [{ event: 'CleanedUp', removed, requeued: 0, examined: 9, complete: true, dryRun: false }, 'INFO', {}],
  [{ event: 'BakesNoted', noted: 7, skipped: 2 }, 'INFO', { LinesSkipped: 2 }],
  [{ event: 'RecipesStocked', written: ['raisin'], struckOut: [] }, 'INFO', {}],
  [{ event: 'StockingFailed', error: new Error('no') }, 'ERROR', {}],
];

test.each(cases.map((entry) => [entry[0].event, ...entry] as const))('%s', (_, entry, level, counted) => {
  const { journal, metrics, lines } = telemetryInMemory();
  journal.record(entry);
  const { event, ...facts } = entry;
  const { error, ...plain } = { error: undefined, ...facts };
  expect(lines).toEqual([expect.objectContaining({ level, message: event, ...plain })]);
  if (error instanceof Error) {
    expect(lines[0]?.['error']).toMatchObject({ message: error.message });
  }
  expect(metrics.hasStoredMetrics()).toBe(Object.keys(counted).length > 0);
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
    expect(lines[1]).toMatchObject(counted);
  }
});
