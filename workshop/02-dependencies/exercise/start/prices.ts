import type { OrderItem, PricedItem } from '../../../../functions/domain/order.ts';
import type { Recipes } from '../../../../functions/domain/recipe.ts';

/**
 * Prices that are finished with sprinkles: `priceItems` of `functions/domain/pricing.ts` says what each item costs, and
 * `sprinkle` of the package `sprinkles` rounds it. The package.json beside this file declares the package, and the lock file
 * says which one it is.
 */
export function prices(_items: readonly OrderItem[], _recipes: Recipes): PricedItem[] {
  throw new Error('TODO: declare sprinkles, and round each price with it');
}
