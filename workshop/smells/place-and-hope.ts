import { orderPlaced } from '../../functions/domain/journal.ts';
import { type Order, type OrderRequest, receiveOrder, ticketFor } from '../../functions/domain/order.ts';
import { priceItems } from '../../functions/domain/pricing.ts';
import type { PlaceOrderDependencies } from '../../functions/ordering/place-order.ts';

/**
 * Takes an order and puts it on the bake queue, if the queue can be reached. If not, somebody will see it in the log file
 * and do something about it. An order that comes twice is baked twice.
 */
export async function placeAndHope(request: OrderRequest, dependencies: PlaceOrderDependencies): Promise<Order> {
  const items = priceItems(request.items, await dependencies.recipeBook.recipes());
  const order = receiveOrder(crypto.randomUUID(), request.customer, items, dependencies.clock());
  const { orderId } = order;
  await dependencies.orders.add(order);
  dependencies.journal.record(orderPlaced(order));
  try {
    await dependencies.bakeQueue.put(ticketFor(order));
  } catch (error) {
    dependencies.journal.record({ event: 'OrderNotQueued', orderId, error });
  }
  return order;
}
