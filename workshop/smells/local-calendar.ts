import type { Bake, BakeTicket } from '../../functions/domain/order.ts';
import type { OrderStore } from '../../functions/domain/ports.ts';
import type { Recipe } from '../../functions/domain/recipe.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** The last day everything is good, by the calendar on the wall of whatever machine this runs on. */
export function localBestBefore(bakedAt: Date, recipes: readonly Recipe[]): string {
  const days = Math.min(...recipes.map(({ shelfLifeDays }) => shelfLifeDays));
  return localDay(new Date(bakedAt.getTime() + days * dayMs));
}

/** Prints the days of this machine's calendar on the bags. */
export function withLocalCalendar(orders: Pick<OrderStore, 'recordBake'>): Pick<OrderStore, 'recordBake'> {
  return {
    recordBake: (ticket: BakeTicket, bake: Bake) => {
      const shelfLife = Date.parse(bake.bestBefore) - Date.parse(bake.bakedAt.slice(0, 'YYYY-MM-DD'.length));
      const bestBefore = localDay(new Date(Date.parse(bake.bakedAt) + shelfLife));
      return orders.recordBake(ticket, { ...bake, bestBefore });
    },
  };
}

function localDay(date: Date): string {
  const month = String(date.getMonth() + 1).padStart(2, '0');
  return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, '0')}`;
}
