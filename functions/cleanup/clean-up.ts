import { orderPlaced } from '../domain/journal.ts';
import { ticketFor } from '../domain/order.ts';
import type { BakeQueue, Clock, Journal, OrderStore, TimeLimit } from '../domain/ports.ts';
import { type Deadlines, deadlinesAt, type JudgedOrder, judge, type Retention } from '../domain/retention.ts';
import type { CleanupTask } from './schema.ts';

/** What cleaning up depends on. */
export interface CleanUpDependencies {
  readonly orders: Pick<OrderStore, 'findPast' | 'remove' | 'markQueued'>;
  readonly bakeQueue: BakeQueue;
  readonly retention: Retention;
  readonly journal: Journal;
  readonly clock: Clock;
  /** The release that cleans. @default - releases have no number */
  readonly release?: string;
}

/** What a run did; a dry run, what it would have done. */
export interface CleanupReport {
  readonly removed: { readonly baked: number; readonly expired: number };
  /** Orders put back on the bake queue. */
  readonly requeued: number;
  /** What was skipped because it is not as an order must be. The log names each; a person has to look at it. */
  readonly unreadable: number;
  /** Orders that could not be removed or queued. The log says why; the next run tries again. */
  readonly failed: number;
  /** Orders looked at. */
  readonly examined: number;
  /** Whether all orders were looked at, before the time was up. The next run looks at the rest. */
  readonly complete: boolean;
  readonly dryRun: boolean;
  /** The release that cleaned. */
  readonly release?: string;
}

/** What became of one order. */
type Outcome = 'untouched' | 'baked' | 'expired' | 'requeued' | 'failed';

/** Orders that are seen to at the same time. */
const handful = 25;

/** Milliseconds kept back, so that the handful in hand is finished and the report written before the process is ended. */
const reserveMs = 5_000;

/**
 * Removes the orders that are past their time, and puts back on the queue those that were stored but never queued.
 *
 * Safe to run at any moment, twice, or side by side with itself: an order is only removed if it still is what it was
 * judged by. It stops in good order when the time is nearly up. What cannot be read, and what cannot be done, is said and
 * counted, and stops nothing else.
 *
 * @throws Whatever the store throws when the orders cannot be gone through.
 */
export async function cleanUp(
  task: CleanupTask,
  dependencies: CleanUpDependencies,
  timeLimit: TimeLimit,
): Promise<CleanupReport> {
  const counts: Record<Outcome, number> = { untouched: 0, baked: 0, expired: 0, requeued: 0, failed: 0 };
  let examined = 0;
  let unreadable = 0;
  const isTimeUp = () => timeLimit.getRemainingTimeInMillis() < reserveMs;
  const report = (complete: boolean): CleanupReport => {
    const { baked, expired, requeued, failed } = counts;
    const { release } = dependencies;
    const removed = { baked, expired };
    const done = { removed, requeued, unreadable, failed, examined, complete, dryRun: task.dryRun };
    const made = release === undefined ? done : { ...done, release };
    dependencies.journal.record({ event: 'CleanedUp', ...made });
    return made;
  };

  const deadlines = deadlinesAt(dependencies.clock(), dependencies.retention);
  for await (const page of dependencies.orders.findPast(deadlines)) {
    unreadable += page.unreadable.length;
    for (const { orderId, why } of page.unreadable) {
      dependencies.journal.record({ event: 'OrderUnreadable', orderId, why });
    }
    for (const orders of handfuls(page.orders)) {
      if (isTimeUp()) {
        return report(false);
      }
      const outcomes = await Promise.all(orders.map((order) => trySeeTo(order, deadlines, task, dependencies)));
      for (const outcome of outcomes) {
        counts[outcome] += 1;
      }
    }
    examined += page.examined;
    if (isTimeUp()) {
      return report(false);
    }
  }
  return report(true);
}

/** One order that cannot be seen to is no reason to leave all the others. */
async function trySeeTo(
  order: JudgedOrder,
  deadlines: Deadlines,
  task: CleanupTask,
  dependencies: CleanUpDependencies,
): Promise<Outcome> {
  try {
    return await seeTo(order, deadlines, task, dependencies);
  } catch (error) {
    dependencies.journal.record({ event: 'CleanupFailed', orderId: order.orderId, error });
    return 'failed';
  }
}

async function seeTo(
  order: JudgedOrder,
  deadlines: Deadlines,
  { dryRun }: CleanupTask,
  dependencies: CleanUpDependencies,
): Promise<Outcome> {
  switch (judge(order, deadlines)) {
    case 'removeBaked':
      return dryRun || (await remove(order, 'baked', dependencies)) ? 'baked' : 'untouched';
    case 'removeExpired':
      return dryRun || (await remove(order, 'expired', dependencies)) ? 'expired' : 'untouched';
    case 'requeue':
      if (!dryRun) {
        await requeue(order, dependencies);
      }
      return 'requeued';
    case 'keep':
      return 'untouched';
  }
}

async function remove(
  order: JudgedOrder,
  because: 'baked' | 'expired',
  dependencies: CleanUpDependencies,
): Promise<boolean> {
  const removed = await dependencies.orders.remove(order);
  if (removed) {
    dependencies.journal.record({ event: 'OrderRemoved', orderId: order.orderId, because });
  }
  return removed;
}

/**
 * First sent, then marked: ended in between, the next run sends it again, and a second ticket does no harm. Whoever stored
 * the order may have ended before it could say so; that is said before anything can be said of its baking.
 */
async function requeue(order: JudgedOrder, { bakeQueue, orders, journal, clock }: CleanUpDependencies): Promise<void> {
  journal.record({ ...orderPlaced(order), again: true });
  await bakeQueue.put(ticketFor(order));
  await orders.markQueued(order, clock());
  journal.record({ event: 'OrderRequeued', orderId: order.orderId });
}

function* handfuls(orders: readonly JudgedOrder[]): Generator<readonly JudgedOrder[]> {
  for (let start = 0; start < orders.length; start += handful) {
    yield orders.slice(start, start + handful);
  }
}
