import type { SQSRecord } from 'aws-lambda';
import { readTicket } from '../../../../functions/baking/schema.ts';
import { millisecondsBetween, orderBaked } from '../../../../functions/domain/journal.ts';
import { type BakeTicket, countCookies } from '../../../../functions/domain/order.ts';
import type {
  Clock,
  Journal,
  OrderStore,
  Oven,
  OvenTime,
  RecipeBook,
  SupplierKey,
} from '../../../../functions/domain/ports.ts';
import { bestBefore } from '../../../../functions/domain/shelf-life.ts';
import { voucherStatement } from '../../../../functions/domain/voucher.ts';

/** What baking depends on. */
export interface Bakery {
  readonly orders: Pick<OrderStore, 'recordBake'>;
  readonly recipeBook: RecipeBook;
  readonly oven: Oven;
  readonly ovenTime: OvenTime;
  readonly supplierKey: SupplierKey;
  readonly journal: Journal;
  readonly clock: Clock;
}

/**
 * Bakes the orders of a batch side by side: each message's body is a ticket. It is over when all of them are baked. If one
 * fails, it throws, and Lambda hands out the whole batch again.
 */
export async function bakeBatch(_messages: readonly SQSRecord[], _bakery: Bakery): Promise<void> {
  throw new Error('TODO: read the ticket of each message, and bake all of them with bakeTicket');
}

/** Puts a number of cookies into the oven, and waits for all of them together. How many fit is the oven's business. */
export async function bakeCookies(_cookies: number, _ovenMs: number, _oven: Oven): Promise<void> {
  // No cookie is taken out before its time: `oven.bake` wants a signal, and one that nobody aborts will do.
  throw new Error('TODO: bake the cookies');
}

/** Bakes what a ticket asks for, and records that. */
export async function bakeTicket(ticket: BakeTicket, bakery: Bakery): Promise<void> {
  const [recipes, ovenMs, sign] = await Promise.all([
    bakery.recipeBook.recipes(),
    bakery.ovenTime.milliseconds(),
    bakery.supplierKey.signer(),
  ]);
  const baking = ticket.items.flatMap(({ recipe, quantity }) => {
    const found = recipes.get(recipe);
    return found ? [{ recipe: found, quantity }] : [];
  });
  const started = bakery.clock().toISOString();
  await bakeCookies(countCookies(ticket.items), ovenMs, bakery.oven);
  const now = bakery.clock();
  const bakedAt = now.toISOString();
  await bakery.orders.recordBake(ticket, {
    bakedAt,
    bestBefore: bestBefore(
      now,
      baking.map(({ recipe }) => recipe),
    ),
    voucher: sign(voucherStatement(ticket.orderId, baking)),
  });
  bakery.journal.record(orderBaked({ ...ticket, bakedAt }, millisecondsBetween(started, bakedAt)));
}

/** The ticket that a message carries. @throws UnreadableTicket */
export const ticketOf = ({ body }: SQSRecord): BakeTicket => readTicket(body);
