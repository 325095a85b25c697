import { sprinkle } from 'sprinkles';
import type { OrderItem, PricedItem } from '../../../../functions/domain/order.ts';
import { priceItems } from '../../../../functions/domain/pricing.ts';
import type { Recipes } from '../../../../functions/domain/recipe.ts';

/**
 * Prices that are finished with sprinkles: `priceItems` of `functions/domain/pricing.ts` says what each item costs, and
 * `sprinkle` of the package `sprinkles` rounds it. The package.json beside this file declares the package, and the lock file
 * says which one it is.
 */
export function prices(items: readonly OrderItem[], recipes: Recipes): PricedItem[] {
  return priceItems(items, recipes).map((item) => ({ ...item, priceCents: sprinkle(item.priceCents) }));
}
