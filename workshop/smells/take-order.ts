import { orderPlaced } from '../../functions/domain/journal.ts';
import {
  type OrderItem,
  type OrderRequest,
  type PricedItem,
  type ReceivedOrder,
  receiveOrder,
} from '../../functions/domain/order.ts';
import type { Clock, Journal, OrderStore, RecipeBook } from '../../functions/domain/ports.ts';
import type { Recipes } from '../../functions/domain/recipe.ts';

/** What taking an order needs. */
export interface OrderPad {
  readonly orders: Pick<OrderStore, 'add'>;
  readonly recipeBook: RecipeBook;
  readonly price: (items: readonly OrderItem[], recipes: Recipes) => PricedItem[];
  readonly journal: Journal;
  readonly clock: Clock;
}

/** Notes an order down. Its idempotency key is ignored, so an order that comes twice is two. */
export async function takeOrder({ customer, items }: OrderRequest, pad: OrderPad): Promise<ReceivedOrder> {
  const priced = pad.price(items, await pad.recipeBook.recipes());
  const order = receiveOrder(crypto.randomUUID(), customer, priced, pad.clock());
  await pad.orders.add(order);
  pad.journal.record(orderPlaced(order));
  return order;
}
