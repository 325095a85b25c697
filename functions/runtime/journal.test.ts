import { expect, test } from 'vitest';
import { type FactoryEvent, orderBaked, orderPlaced } from '../domain/journal.ts';
import { telemetryInMemory } from './telemetry.fixture.ts';

const items = [{ recipe: 'raisin', quantity: 3 }];
const removed = { baked: 1, expired: 2 };
const order = {
  ...{ orderId: '1', items, totalCents: 330 },
  ...{ placedAt: '2026-11-23T08:00:00.000Z', bakedAt: '2026-11-23T08:00:00.090Z' },
};

const cases: readonly (readonly [FactoryEvent, string, Record<string, number>])[] = [
  [orderPlaced(order), 'INFO', { OrdersPlaced: 1, CookiesOrdered: 3 }],
  [{ ...orderPlaced(order), again: true }, 'INFO', {}],
  [{ event: 'OrderNotQueued', orderId: '1', error: new Error('down') }, 'WARN', { OrdersNotQueued: 1 }],
  [orderBaked(order, 20), 'INFO', { OrdersBaked: 1, CookiesBaked: 3, OrderWait: 90 }],
  [{ ...orderBaked(order, 20), again: true }, 'INFO', {}],
  [{ event: 'OrderNotAwaited', orderId: '1' }, 'INFO', {}],
  [{ event: 'BakeFailed', messageId: 'm', orderId: '1', error: new Error('burnt') }, 'ERROR', { BakesFailed: 1 }],
  [{ event: 'OrderRemoved', orderId: '1', because: 'expired' }, 'INFO', { OrdersRemoved: 1 }],
  [{ event: 'OrderRequeued', orderId: '1' }, 'INFO', { OrdersRequeued: 1 }],
  [{ event: 'TicketDiffers', orderId: '1' }, 'WARN', {}],
  [{ event: 'CleanupFailed', orderId: '1', error: new Error('down') }, 'ERROR', { CleanupsFailed: 1 }],
  [{ event: 'OrderUnreadable', orderId: '1', why: 'it is wrong at items' }, 'ERROR', { OrdersUnreadable: 1 }],
  [
    { event: 'CleanedUp', removed, requeued: 0, unreadable: 0, failed: 0, examined: 9, complete: true, dryRun: false },
    'INFO',
    {},
  ],
  [{ event: 'BakesNoted', noted: 7, skipped: 2 }, 'INFO', { LinesSkipped: 2 }],
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
