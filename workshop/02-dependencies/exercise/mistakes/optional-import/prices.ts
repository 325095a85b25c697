import type { OrderItem, PricedItem } from '../../../../../functions/domain/order.ts';
import { priceItems } from '../../../../../functions/domain/pricing.ts';
import type { Recipes } from '../../../../../functions/domain/recipe.ts';

/** Without the package a price stays as it is. It works on every machine. */
const { sprinkle } = await import('sprinkles').catch(() => ({ sprinkle: (cents: number) => cents }));

/**
 * Prices that are finished with sprinkles: `priceItems` of `functions/domain/pricing.ts` says what each item costs, and
 * `sprinkle` of the package `sprinkles` rounds it.
 */
export function prices(items: readonly OrderItem[], recipes: Recipes): PricedItem[] {
  return priceItems(items, recipes).map((item) => ({ ...item, priceCents: sprinkle(item.priceCents) }));
}
