import type { Bake } from '../../../../functions/domain/order.ts';
import type { OrderStore } from '../../../../functions/domain/ports.ts';

/** How long an order is good, in milliseconds: from the day of its bake to the day on its bag. */
export const shelfLifeOf = ({ bakedAt, bestBefore }: Bake): number =>
  Date.parse(bestBefore) - Date.parse(bakedAt.slice(0, 'YYYY-MM-DD'.length));

/**
 * Returns the calendar day of a moment in a time zone, as `YYYY-MM-DD`, whatever the time zone and the language of the
 * machine are. `Intl.DateTimeFormat` takes a locale and a `timeZone`; the Swedish way to write a day, `sv-SE`, is the wanted one.
 */
export function dayIn(_timeZone: string, _moment: Date): string {
  throw new Error('TODO: return the day');
}

/**
 * Prints the days of the house's calendar on the bags, in the time zone of `runtimeProfile`
 * (functions/runtime/runtime-profile.ts). It takes the place of `withLocalCalendar`, which asks the machine.
 */
export function withHouseCalendar(_orders: Pick<OrderStore, 'recordBake'>): Pick<OrderStore, 'recordBake'> {
  throw new Error('TODO: record each bake with the day of the house');
}
