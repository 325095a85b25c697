import { IdempotencyKeyReused } from '../domain/errors.ts';
import { orderPlaced } from '../domain/journal.ts';
import { answersRequest, type Order, type OrderRequest, receiveOrder, ticketFor } from '../domain/order.ts';
import { newOrderId } from '../domain/order-id.ts';
import type { BakeQueue, Clock, Journal, OrderStore, RecipeBook } from '../domain/ports.ts';
import { priceItems } from '../domain/pricing.ts';

/** What placing an order depends on. */
export interface PlaceOrderDependencies {
  readonly orders: Pick<OrderStore, 'add' | 'find' | 'markQueued'>;
  readonly bakeQueue: BakeQueue;
  readonly recipeBook: RecipeBook;
  readonly journal: Journal;
  readonly clock: Clock;
}

/**
 * Takes an order: prices it, stores it, puts it on the bake queue.
 *
 * Stored is accepted. If the queue cannot be reached after that, the order is accepted all the same, because cleanup
 * puts on the queue what was stored but never queued; a refusal would have the customer order the same cookies again.
 *
 * @throws UnknownRecipe, IdempotencyKeyReused; or whatever the store throws, and then nothing was accepted.
 */
export async function placeOrder(request: OrderRequest, dependencies: PlaceOrderDependencies): Promise<Order> {
  const items = priceItems(request.items, await dependencies.recipeBook.recipes());
  const orderId = await newOrderId(request.idempotencyKey);
  const order = receiveOrder(orderId, request.customer, items, dependencies.clock());
  if (!(await dependencies.orders.add(order))) {
    return await takeAgain(orderId, request, dependencies);
  }
  dependencies.journal.record(orderPlaced(order));
  await queueOrder(order, dependencies);
  return order;
}

/**
 * The id is taken: an earlier try with this idempotency key, which failed somewhere after it had stored the order. If that
 * was before the order was queued, it may have been before anybody said that it was placed.
 */
async function takeAgain(orderId: string, request: OrderRequest, dependencies: PlaceOrderDependencies): Promise<Order> {
  const order = await dependencies.orders.find(orderId);
  if (!order) {
    throw new Error(`Order ${orderId} was removed while it was placed again`);
  }
  if (!answersRequest(order, request)) {
    throw new IdempotencyKeyReused();
  }
  if (order.status === 'RECEIVED' && order.queuedAt === undefined) {
    dependencies.journal.record({ ...orderPlaced(order), again: true });
    await queueOrder(order, dependencies);
  }
  return order;
}

async function queueOrder(order: Order, { bakeQueue, orders, journal, clock }: PlaceOrderDependencies): Promise<void> {
  try {
    await bakeQueue.put(ticketFor(order));
    await orders.markQueued(order, clock());
  } catch (error) {
    journal.record({ event: 'OrderNotQueued', orderId: order.orderId, error });
  }
}
