import { createHmac } from 'node:crypto';
import { placeOrder } from '../../client/factory/order-client.ts';
import type { BakedOrder } from '../../functions/domain/order.ts';
import { voucherStatement } from '../../functions/domain/voucher.ts';
import { readRecipes } from '../experiment/read-recipes.ts';

/** A customer who orders one cookie after another and looks at what is on the bag. */
export interface Customer {
  /** Orders so far, and those of them that were not answered 202. */
  readonly orders: { readonly placed: number; readonly refused: number };
  /** Orders a cookie; undefined where it was refused or is not baked yet. */
  order(): Promise<BakedOrder | undefined>;
  /** Whether the voucher of an order was signed with a key. */
  isSignedWith(key: string, order: BakedOrder): boolean;
}

export async function letIn(url: string, signal: AbortSignal): Promise<Customer> {
  const book = await readRecipes(url, signal);
  const recipes = new Map(book.map((recipe) => [recipe.name, recipe]));
  const orders = { placed: 0, refused: 0 };
  return {
    orders,
    order: async () => {
      const body = { customer: 'the inspector', items: [{ recipe: 'chocolate-chip', quantity: 1 }] };
      const { order } = await placeOrder(url, body, { signal });
      orders.placed += 1;
      orders.refused += order ? 0 : 1;
      return order?.status === 'BAKED' ? order : undefined;
    },
    isSignedWith: (key, { orderId, items, voucher }) => {
      const baked = items.flatMap(({ recipe: name, quantity }) => {
        const recipe = recipes.get(name);
        return recipe ? [{ recipe, quantity }] : [];
      });
      return createHmac('sha256', key).update(voucherStatement(orderId, baked)).digest('hex') === voucher;
    },
  };
}

/** How long an order was in the kitchen, in milliseconds. */
export const bakeTime = ({ placedAt, bakedAt }: BakedOrder): number => Date.parse(bakedAt) - Date.parse(placedAt);
