import { RecipeWithdrawn } from '../domain/errors.ts';
import { millisecondsBetween, orderBaked } from '../domain/journal.ts';
import { type BakeTicket, countCookies } from '../domain/order.ts';
import type { Clock, Journal, OrderStore, Oven, OvenTime, RecipeBook, Sign, SupplierKey } from '../domain/ports.ts';
import type { Recipes } from '../domain/recipe.ts';
import { bestBefore } from '../domain/shelf-life.ts';
import { type BakedItem, voucherStatement } from '../domain/voucher.ts';
import { readTicket } from './schema.ts';

/** What baking depends on. */
export interface BakeDependencies {
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
export async function openShift(
  kitchen: BakeDependencies,
  stop: AbortSignal,
): Promise<(message: BakeMessage) => Promise<void>> {
  const [recipes, ovenMs, sign] = await Promise.all([
    kitchen.recipeBook.recipes(),
    kitchen.ovenTime.milliseconds(),
    kitchen.supplierKey.signer(),
  ]);
  const shift: Shift = { recipes, ovenMs, sign, stop };
  return (message) => bakeMessage(message, shift, kitchen);
}

async function bakeMessage({ messageId, body }: BakeMessage, shift: Shift, kitchen: BakeDependencies): Promise<void> {
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
 * Bakes what was ordered, and says so.
 *
 * A queue delivers at least once, so an order may be baked twice; it is recorded once. Whoever recorded it may have ended
 * before it could say so: an order that was baked before is said again, as the same event. One that was removed in the
 * meantime is not recorded at all. None of this is a failure: there is nothing that another try could repair.
 */
async function bakeOrder(
  ticket: BakeTicket,
  shift: Shift,
  kitchen: BakeDependencies,
  isCorrected = false,
): Promise<void> {
  const { orderId } = ticket;
  const { record, bakedAt, bakeMs } = await bakeItems(ticket, shift, kitchen);
  switch (record.outcome) {
    case 'recorded':
      kitchen.journal.record(orderBaked({ ...ticket, bakedAt }, bakeMs));
      return;
    case 'bakedBefore':
      kitchen.journal.record({ ...orderBaked({ ...ticket, ...record }, bakeMs), again: true });
      return;
    case 'notAwaited':
      kitchen.journal.record({ event: 'OrderNotAwaited', orderId });
      return;
    case 'otherItems':
      if (isCorrected) {
        throw new Error(`Order ${orderId} does not wait for what it was stored with`);
      }
      kitchen.journal.record({ event: 'TicketDiffers', orderId });
      await bakeOrder({ ...ticket, items: record.items }, shift, kitchen, true);
  }
}

/** Bakes all cookies of a ticket, and records that. */
async function bakeItems(ticket: BakeTicket, shift: Shift, kitchen: BakeDependencies) {
  const started = kitchen.clock().toISOString();
  const baking = ticket.items.map(({ recipe, quantity }) => ({ recipe: lookUp(recipe, shift.recipes), quantity }));
  const cookies = Array.from({ length: countCookies(ticket.items) });
  await Promise.all(cookies.map(() => kitchen.oven.bake(shift.ovenMs, shift.stop)));

  const now = kitchen.clock();
  const bakedAt = now.toISOString();
  const record = await kitchen.orders.recordBake(ticket, {
    bakedAt,
    bestBefore: bestBefore(
      now,
      baking.map(({ recipe }) => recipe),
    ),
    voucher: shift.sign(voucherStatement(ticket.orderId, baking)),
  });
  return { record, bakedAt, bakeMs: millisecondsBetween(started, bakedAt) };
}

function lookUp(name: string, recipes: Recipes): BakedItem['recipe'] {
  const recipe = recipes.get(name);
  if (!recipe) {
    throw new RecipeWithdrawn(name);
  }
  return recipe;
}
