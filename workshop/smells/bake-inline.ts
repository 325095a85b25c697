import { millisecondsBetween, orderBaked, orderPlaced } from '../../functions/domain/journal.ts';
import {
  type BakedOrder,
  countCookies,
  type OrderItem,
  type OrderRequest,
  type PricedItem,
  receiveOrder,
} from '../../functions/domain/order.ts';
import type {
  Clock,
  Journal,
  OrderStore,
  Oven,
  OvenTime,
  RecipeBook,
  SupplierKey,
} from '../../functions/domain/ports.ts';
import type { Recipe, Recipes } from '../../functions/domain/recipe.ts';
import { voucherStatement } from '../../functions/domain/voucher.ts';

/** What baking depends on where one function does everything. */
export interface BakeInlineDependencies {
  readonly orders: Pick<OrderStore, 'add' | 'recordBake'>;
  readonly recipeBook: RecipeBook;
  readonly price: (items: readonly OrderItem[], recipes: Recipes) => PricedItem[];
  readonly oven: Oven;
  readonly ovenTime: OvenTime;
  readonly supplierKey: SupplierKey;
  readonly bestBefore: (bakedAt: Date, recipes: readonly Recipe[]) => string;
  /** What is kept of a bake besides the order. */
  readonly keep: (orderId: string) => Promise<void>;
  readonly journal: Journal;
  readonly clock: Clock;
}

/** Takes an order and bakes it on the spot, one cookie after another, while the customer stands at the counter. */
export async function bakeInline(request: OrderRequest, kitchen: BakeInlineDependencies): Promise<BakedOrder> {
  const recipes = await kitchen.recipeBook.recipes();
  const items = kitchen.price(request.items, recipes);
  const order = receiveOrder(crypto.randomUUID(), request.customer, items, kitchen.clock());
  const { orderId, placedAt } = order;
  await kitchen.orders.add(order);
  kitchen.journal.record(orderPlaced(order));

  const bake = await bakeOneByOne(orderId, items, recipes, kitchen);
  await kitchen.orders.recordBake(order, bake);
  await kitchen.keep(orderId);
  kitchen.journal.record(orderBaked({ ...order, ...bake }, millisecondsBetween(placedAt, bake.bakedAt)));
  return { ...order, ...bake, status: 'BAKED' };
}

async function bakeOneByOne(
  orderId: string,
  items: readonly OrderItem[],
  recipes: Recipes,
  kitchen: BakeInlineDependencies,
) {
  const milliseconds = await kitchen.ovenTime.milliseconds();
  const sign = await kitchen.supplierKey.signer();
  const signal = new AbortController().signal;
  for (let cookie = 0; cookie < countCookies(items); cookie += 1) {
    await kitchen.oven.bake(milliseconds, signal);
  }
  const baking = items.flatMap(({ recipe, quantity }) => {
    const found = recipes.get(recipe);
    return found ? [{ recipe: found, quantity }] : [];
  });
  const bakedAt = kitchen.clock();
  const bestBefore = kitchen.bestBefore(
    bakedAt,
    baking.map(({ recipe }) => recipe),
  );
  return { bakedAt: bakedAt.toISOString(), bestBefore, voucher: sign(voucherStatement(orderId, baking)) };
}
