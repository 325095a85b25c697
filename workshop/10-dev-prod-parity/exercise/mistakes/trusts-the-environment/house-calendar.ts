import type { Bake } from '../../../../../functions/domain/order.ts';
import type { OrderStore } from '../../../../../functions/domain/ports.ts';
import { runtimeProfile } from '../../../../../functions/runtime/runtime-profile.ts';

/** How long an order is good, in milliseconds: from the day of its bake to the day on its bag. */
export const shelfLifeOf = ({ bakedAt, bestBefore }: Bake): number =>
  Date.parse(bestBefore) - Date.parse(bakedAt.slice(0, 'YYYY-MM-DD'.length));

/** Returns the calendar day of a moment in a time zone, as `YYYY-MM-DD`, whatever machine this runs on. */
export const dayIn = (_timeZone: string, moment: Date): string => new Intl.DateTimeFormat('sv-SE').format(moment);

/** Prints the days of the house's calendar on the bags. */
export function withHouseCalendar(orders: Pick<OrderStore, 'recordBake'>): Pick<OrderStore, 'recordBake'> {
  return {
    recordBake: (ticket, bake) => {
      const last = new Date(Date.parse(bake.bakedAt) + shelfLifeOf(bake));
      return orders.recordBake(ticket, { ...bake, bestBefore: dayIn(runtimeProfile.timeZone, last) });
    },
  };
}
