import type { Bake } from '../../../../../functions/domain/order.ts';
import type { OrderStore } from '../../../../../functions/domain/ports.ts';

/** How long an order is good, in milliseconds: from the day of its bake to the day on its bag. */
export const shelfLifeOf = ({ bakedAt, bestBefore }: Bake): number =>
  Date.parse(bestBefore) - Date.parse(bakedAt.slice(0, 'YYYY-MM-DD'.length));

/** Returns the calendar day of a moment in a time zone, as `YYYY-MM-DD`, whatever machine this runs on. */
export const dayIn = (timeZone: string, moment: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(moment);

/** Leaves the days as they are, which are right as long as the house keeps to UTC. */
export function withHouseCalendar(orders: Pick<OrderStore, 'recordBake'>): Pick<OrderStore, 'recordBake'> {
  return orders;
}
