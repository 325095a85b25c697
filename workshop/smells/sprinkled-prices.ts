import { sprinkle } from 'sprinkles';
import type { OrderItem, PricedItem } from '../../functions/domain/order.ts';
import { priceItems } from '../../functions/domain/pricing.ts';
import type { Recipes } from '../../functions/domain/recipe.ts';

/** Prices with a package that happens to be installed somewhere above. Works on my machine. */
export function sprinkledPrices(items: readonly OrderItem[], recipes: Recipes): PricedItem[] {
  return priceItems(items, recipes).map((item) => ({ ...item, priceCents: sprinkle(item.priceCents) }));
}
