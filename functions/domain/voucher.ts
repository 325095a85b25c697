import type { OrderItem } from './order.ts';
import type { Recipe } from './recipe.ts';

/** An item together with the recipe it is baked by. */
export interface BakedItem extends Pick<OrderItem, 'quantity'> {
  readonly recipe: Recipe;
}

/**
 * What the supplier is asked to vouch for: the order, and the grams of every ingredient that went into it.
 *
 * The same order always gives the same text, whatever the order of its items or of a recipe's ingredients, because the
 * supplier signs the text. For example `order 1f0c: butter 20, flour 32.5`.
 */
export function voucherStatement(orderId: string, items: readonly BakedItem[]): string {
  const milligrams = new Map<string, number>();
  for (const { recipe, quantity } of items) {
    for (const [ingredient, grams] of Object.entries(recipe.ingredients)) {
      // In whole milligrams, because sums of fractions of a gram depend on their order.
      const amount = Math.round(grams * 1000) * quantity;
      milligrams.set(ingredient, (milligrams.get(ingredient) ?? 0) + amount);
    }
  }
  const amounts = [...milligrams.keys()]
    .sort()
    .map((ingredient) => `${ingredient} ${(milligrams.get(ingredient) ?? 0) / 1000}`);
  return `order ${orderId}: ${amounts.join(', ')}`;
}
