import { UnknownRecipe } from './errors.ts';
import type { OrderItem, PricedItem } from './order.ts';
import type { Recipes } from './recipe.ts';

/**
 * The items at today's prices.
 *
 * @throws UnknownRecipe that names every item whose recipe is not in the book.
 */
export function priceItems(items: readonly OrderItem[], recipes: Recipes): PricedItem[] {
  const priced: PricedItem[] = [];
  const unknown: { readonly index: number; readonly recipe: string }[] = [];
  for (const [index, item] of items.entries()) {
    const recipe = recipes.get(item.recipe);
    if (recipe) {
      priced.push({ ...item, priceCents: recipe.priceCents });
    } else {
      unknown.push({ index, recipe: item.recipe });
    }
  }
  if (unknown.length > 0) {
    throw new UnknownRecipe(unknown);
  }
  return priced;
}
