import { areSameItems, type BakeTicket, type Order, type OrderItem } from './order.ts';

/** What came of recording a bake. */
export type BakeRecord = { readonly outcome: 'recorded' } | RefusedBake;

/** Why a bake was not recorded. */
export type RefusedBake =
  /** Another bake of the order was recorded before. */
  | { readonly outcome: 'bakedBefore'; readonly items: readonly OrderItem[]; readonly bakedAt: string }
  /** The order waits for other cookies than were baked. */
  | { readonly outcome: 'otherItems'; readonly items: readonly OrderItem[] }
  /** There is no such order any more; if there is one with its id, it is another. */
  | { readonly outcome: 'notAwaited' };

/** Whether an order waits for what a ticket says. The order decides what is baked, and not a message about it. */
export function waitsFor(order: Order | undefined, ticket: BakeTicket): boolean {
  return order?.status === 'RECEIVED' && order.placedAt === ticket.placedAt && areSameItems(order.items, ticket.items);
}

/** Why a bake cannot be recorded of the order that was found, which does not wait for it. */
export function refuseBake(found: Order | undefined, { placedAt }: BakeTicket): RefusedBake {
  if (found?.placedAt !== placedAt) {
    return { outcome: 'notAwaited' };
  }
  const { items } = found;
  return found.status === 'BAKED'
    ? { outcome: 'bakedBefore', items, bakedAt: found.bakedAt }
    : { outcome: 'otherItems', items };
}
