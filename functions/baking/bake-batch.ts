import { RecipeWithdrawn } from '../domain/errors.ts';
import { type BakeTicket, countCookies } from '../domain/order.ts';
import type { Clock, Journal, OrderStore, Oven, OvenTime, RecipeBook, Sign, SupplierKey } from '../domain/ports.ts';
import type { Recipes } from '../domain/recipe.ts';
import { bestBefore } from '../domain/shelf-life.ts';
import { type BakedItem, voucherStatement } from '../domain/voucher.ts';
import { readTicket } from './schema.ts';

/** What baking needs. */
export interface Kitchen {
  readonly orders: Pick<OrderStore, 'recordBake'>;
  readonly recipeBook: RecipeBook;
  readonly oven: Oven;
  readonly ovenTime: OvenTime;
  readonly supplierKey: SupplierKey;
  readonly journal: Journal;
  readonly clock: Clock;
}

/** A message of a batch, as the queue delivers it. */
export interface BakeMessage {
  readonly messageId: string;
  readonly body: string;
}

/** What holds for a whole batch. */
interface Shift {
  readonly recipes: Recipes;
  readonly ovenMs: number;
  readonly sign: Sign;
  readonly stop: AbortSignal;
}

/**
 * Gets ready for a batch and gives the function that bakes one message of it.
 *
 * What changes while the factory runs (recipes, oven time, supplier's key) is fetched here, once a batch and not once an
 * order. If it cannot be had, no message of the batch was touched and the whole batch goes back.
 *
 * @param stop - Ends the shift: orders that are not finished by then fail, each alone, and are baked another time.
 */
export async function openShift(kitchen: Kitchen, stop: AbortSignal): Promise<(message: BakeMessage) => Promise<void>> {
  const [recipes, ovenMs, sign] = await Promise.all([
    kitchen.recipeBook.recipes(),
    kitchen.ovenTime.milliseconds(),
    kitchen.supplierKey.signer(),
  ]);
  const shift: Shift = { recipes, ovenMs, sign, stop };
  return (message) => bakeMessage(message, shift, kitchen);
}

async function bakeMessage({ messageId, body }: BakeMessage, shift: Shift, kitchen: Kitchen): Promise<void> {
  let orderId: string | undefined;
  try {
    const ticket = readTicket(body);
    orderId = ticket.orderId;
    await bakeOrder(ticket, shift, kitchen);
  } catch (error) {
    kitchen.journal.record({ event: 'BakeFailed', messageId, ...(orderId !== undefined && { orderId }), error });
    throw error;
  }
}

/**
 * Bakes all cookies of an order and records it as baked.
 *
 * A queue delivers at least once, so an order may be baked twice; it is recorded once. An order that was removed in the
 * meantime is not recorded at all. Both are journalled and no failure: there is nothing that another try could mend.
 */
async function bakeOrder({ orderId, placedAt, items }: BakeTicket, shift: Shift, kitchen: Kitchen): Promise<void> {
  const started = kitchen.clock();
  const baking = items.map(({ recipe, quantity }) => ({ recipe: lookUp(recipe, shift.recipes), quantity }));
  const cookies = countCookies(items);
  await Promise.all(Array.from({ length: cookies }, () => kitchen.oven.bake(shift.ovenMs, shift.stop)));

  const bakedAt = kitchen.clock();
  const recorded = await kitchen.orders.recordBake(orderId, {
    bakedAt: bakedAt.toISOString(),
    bestBefore: bestBefore(
      bakedAt,
      baking.map(({ recipe }) => recipe),
    ),
    voucher: shift.sign(voucherStatement(orderId, baking)),
  });
  if (!recorded) {
    kitchen.journal.record({ event: 'OrderNotAwaited', orderId });
    return;
  }
  kitchen.journal.record({
    event: 'OrderBaked',
    orderId,
    items,
    cookies,
    bakeMs: bakedAt.getTime() - started.getTime(),
    waitMs: bakedAt.getTime() - Date.parse(placedAt),
  });
}

function lookUp(name: string, recipes: Recipes): BakedItem['recipe'] {
  const recipe = recipes.get(name);
  if (!recipe) {
    throw new RecipeWithdrawn(name);
  }
  return recipe;
}
