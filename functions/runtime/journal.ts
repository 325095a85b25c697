import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { FactoryEvent } from '../domain/journal.ts';
import type { Journal } from '../domain/ports.ts';

/** How loud each event is. */
const levels = {
  OrderPlaced: 'info',
  OrderNotQueued: 'warn',
  OrderBaked: 'info',
  OrderNotAwaited: 'info',
  TicketDiffers: 'warn',
  BakeFailed: 'error',
  OrderRemoved: 'info',
  OrderRequeued: 'info',
  CleanupFailed: 'error',
  OrderUnreadable: 'error',
  CleanedUp: 'info',
  BakesNoted: 'info',
} as const satisfies Record<FactoryEvent['event'], 'info' | 'warn' | 'error'>;

/**
 * Writes an event as one line of the log, whose `message` is the event's name, and counts what is worth a metric. What is
 * said again is not counted again: metrics have no ids, and a queue that delivers twice must not make it two.
 */
export function createJournal(logger: Logger, metrics: Metrics): Journal {
  return {
    record(entry) {
      const { event, ...facts } = entry;
      logger[levels[event]](event, facts);
      if (!('again' in entry)) {
        count(entry, metrics);
      }
    },
  };
}

function count(entry: FactoryEvent, metrics: Metrics): void {
  switch (entry.event) {
    case 'OrderPlaced':
      metrics.addMetric('OrdersPlaced', MetricUnit.Count, 1);
      metrics.addMetric('CookiesOrdered', MetricUnit.Count, entry.cookies);
      break;
    case 'OrderNotQueued':
      metrics.addMetric('OrdersNotQueued', MetricUnit.Count, 1);
      break;
    case 'OrderBaked':
      metrics.addMetric('OrdersBaked', MetricUnit.Count, 1);
      metrics.addMetric('CookiesBaked', MetricUnit.Count, entry.cookies);
      metrics.addMetric('OrderWait', MetricUnit.Milliseconds, entry.waitMs);
      break;
    case 'BakeFailed':
      metrics.addMetric('BakesFailed', MetricUnit.Count, 1);
      break;
    case 'OrderRemoved':
      metrics.addMetric('OrdersRemoved', MetricUnit.Count, 1);
      break;
    case 'OrderRequeued':
      metrics.addMetric('OrdersRequeued', MetricUnit.Count, 1);
      break;
    case 'CleanupFailed':
      metrics.addMetric('CleanupsFailed', MetricUnit.Count, 1);
      break;
    case 'OrderUnreadable':
      metrics.addMetric('OrdersUnreadable', MetricUnit.Count, 1);
      break;
    case 'BakesNoted':
      metrics.addMetric('LinesSkipped', MetricUnit.Count, entry.skipped);
      break;
    default:
  }
}
