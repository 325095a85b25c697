import { chocolateChip } from '../../functions/domain/kitchen.fixture.ts';
import type { ReceivedOrder } from '../../functions/domain/order.ts';
import { receiveOrder } from '../../functions/domain/order.ts';
import { priceItems } from '../../functions/domain/pricing.ts';
import { orderingRoutes } from '../../functions/ordering/routes.ts';
import { httpFunction } from '../../functions/runtime/http-function.ts';
import { createTelemetry } from '../../functions/runtime/telemetry.ts';
import { OrderDrawer } from '../smells/order-drawer.ts';

/** A kitchen for tests: orders in its memory, each baked after `BAKE_MS` milliseconds, or 20. */
const orders = new OrderDrawer();
const names = ['chocolate-chip', 'sticky-dough', 'gingerbread', 'raisin', 'sabayon', 'smores'];
const recipes = new Map(names.map((name) => [name, { ...chocolateChip, name }]));
const recipeBook = { recipes: async () => recipes };

async function placeOrder({ customer, items }: Pick<ReceivedOrder, 'customer' | 'items'>): Promise<ReceivedOrder> {
  const order = receiveOrder(crypto.randomUUID(), customer, items, new Date());
  await orders.add(order);
  const bake = { bakedAt: order.placedAt, bestBefore: '2026-11-30', voucher: 'none' };
  setTimeout(() => orders.recordBake(order, bake), Number(process.env['BAKE_MS'] ?? 20));
  return order;
}

const routes = orderingRoutes({
  placeOrder: ({ customer, items }) => placeOrder({ customer, items: priceItems(items, recipes) }),
  orders,
  recipeBook,
});

export const handler = httpFunction(routes, createTelemetry());
