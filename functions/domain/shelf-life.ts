import type { Recipe } from './recipe.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The last calendar day, `YYYY-MM-DD`, on which everything baked at `bakedAt` is still good: its shortest shelf life counts.
 *
 * Days are counted in UTC and not in the zone of the machine, so that every kitchen prints the same day on the bag.
 */
export function bestBefore(bakedAt: Date, recipes: readonly Recipe[]): string {
  const days = Math.min(...recipes.map(({ shelfLifeDays }) => shelfLifeDays));
  return new Date(bakedAt.getTime() + days * dayMs).toISOString().slice(0, 'YYYY-MM-DD'.length);
}
