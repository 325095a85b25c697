import { IdempotencyKeyReused } from '../domain/errors.ts';
import { orderPlaced } from '../domain/journal.ts';
import {
  answersRequest,
  asReceived,
  type Order,
  type OrderRequest,
  type ReceivedOrder,
  receiveOrder,
  ticketFor,
} from '../domain/order.ts';
import { newOrderId } from '../domain/order-id.ts';
import type { BakeQueue, Clock, Journal, OrderStore, RecipeBook, TimeLimit } from '../domain/ports.ts';
import { priceItems } from '../domain/pricing.ts';

/** What placing an order depends on. */
export interface PlaceOrderDependencies {
  readonly orders: Pick<OrderStore, 'add' | 'find' | 'markQueued'>;
  readonly bakeQueue: BakeQueue;
  readonly recipeBook: RecipeBook;
  readonly journal: Journal;
  readonly clock: Clock;
}

/** A request, and what is known of it before it is looked at. */
interface Attempt {
  readonly request: OrderRequest;
  readonly orderId: string;
  /** Milliseconds that a request may take at the most. */
  readonly limitMs: number;
}

/**
 * Takes an order: prices it, stores it, puts it on the bake queue.
 *
 * Stored is accepted. If the queue cannot be reached after that, the order is accepted all the same, because cleanup
 * puts on the queue what was stored but never queued; a refusal would have the customer order the same cookies again.
 *
 * A request that comes again with its idempotency key gets the answer that the first one got, as long as the order is kept.
 *
 * @throws UnknownRecipe, IdempotencyKeyReused; or whatever the store throws, and then nothing was accepted.
 */
export async function placeOrder(
  request: OrderRequest,
  dependencies: PlaceOrderDependencies,
  timeLimit: TimeLimit,
): Promise<ReceivedOrder> {
  const { orders, recipeBook, journal, clock } = dependencies;
  const limitMs = timeLimit.getRemainingTimeInMillis();
  const attempt: Attempt = { request, limitMs, orderId: await newOrderId(request.idempotencyKey) };
  let order: ReceivedOrder;
  try {
    const items = priceItems(request.items, await recipeBook.recipes());
    order = receiveOrder(attempt.orderId, request.customer, items, clock());
  } catch (error) {
    // An order that was placed before a recipe was withdrawn is still answered as it was then.
    const placed = request.idempotencyKey !== undefined && (await orders.find(attempt.orderId));
    if (placed) {
      return await answerAgain(placed, attempt, dependencies);
    }
    throw error;
  }
  if (await orders.add(order)) {
    journal.record(orderPlaced(order));
    await queueOrder(order, dependencies);
    return order;
  }
  const placed = await orders.find(attempt.orderId);
  if (!placed) {
    throw new Error(`Order ${attempt.orderId} was removed while it was placed again`);
  }
  return await answerAgain(placed, attempt, dependencies);
}

/**
 * Answers with an order that another request with this idempotency key has stored.
 *
 * That request puts the order on the queue. It may have ended before it could, and before anybody said that the order was
 * placed. Then this one does both, but not before the time of the other must be over: until then both would queue it.
 */
async function answerAgain(
  order: Order,
  { request, limitMs }: Attempt,
  dependencies: PlaceOrderDependencies,
): Promise<ReceivedOrder> {
  if (!answersRequest(order, request)) {
    throw new IdempotencyKeyReused();
  }
  const isOver = dependencies.clock().getTime() - Date.parse(order.placedAt) > limitMs;
  if (isOver && order.status === 'RECEIVED' && order.queuedAt === undefined) {
    dependencies.journal.record({ ...orderPlaced(order), again: true });
    await queueOrder(order, dependencies);
  }
  return asReceived(order);
}

async function queueOrder(order: Order, { bakeQueue, orders, journal, clock }: PlaceOrderDependencies): Promise<void> {
  try {
    await bakeQueue.put(ticketFor(order));
    await orders.markQueued(order, clock());
  } catch (error) {
    journal.record({ event: 'OrderNotQueued', orderId: order.orderId, error });
  }
}
