import { millisecondsBetween, orderBaked } from '../../functions/domain/journal.ts';
import { type BakedOrder, countCookies, type Order, type OrderRequest } from '../../functions/domain/order.ts';
import type { OrderStore, Oven, OvenTime, SupplierKey } from '../../functions/domain/ports.ts';
import type { Recipe } from '../../functions/domain/recipe.ts';
import { voucherStatement } from '../../functions/domain/voucher.ts';
import { type OrderPad, takeOrder } from './take-order.ts';

/** What baking depends on where one function does everything. */
export interface BakeInlineDependencies extends OrderPad {
  readonly bakes: Pick<OrderStore, 'recordBake'>;
  readonly oven: Oven;
  readonly ovenTime: OvenTime;
  readonly supplierKey: SupplierKey;
  readonly bestBefore: (bakedAt: Date, recipes: readonly Recipe[]) => string;
  /** What is kept of a bake besides the order. */
  readonly keep: (orderId: string) => Promise<void>;
}

/** Takes an order and bakes it on the spot, one cookie after another, while the customer stands at the counter. */
export async function bakeInline(request: OrderRequest, kitchen: BakeInlineDependencies): Promise<BakedOrder> {
  const order = await takeOrder(request, kitchen);
  const bake = await bakeOneByOne(order, kitchen);
  await kitchen.bakes.recordBake(order, bake);
  await kitchen.keep(order.orderId);
  kitchen.journal.record(orderBaked({ ...order, ...bake }, millisecondsBetween(order.placedAt, bake.bakedAt)));
  return { ...order, ...bake, status: 'BAKED' };
}

async function bakeOneByOne({ orderId, items }: Order, kitchen: BakeInlineDependencies) {
  const recipes = await kitchen.recipeBook.recipes();
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
