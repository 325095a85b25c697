import { pathToFileURL } from 'node:url';
import type { Bake, BakeTicket } from '../../functions/domain/order.ts';
import type { OrderStore } from '../../functions/domain/ports.ts';

/** The time zone of a house in which the bakes below end on other days than they do in UTC, and than they do in others. */
export const houseTimeZone = 'Asia/Kathmandu';

/** When they were baked, the last day by UTC, and the last day by the house's calendar. */
const bakes = [
  { bakedAt: '2026-03-10T20:00:00.000Z', bestBefore: '2026-03-12', house: '2026-03-13' },
  { bakedAt: '2026-03-10T10:00:00.000Z', bestBefore: '2026-03-12', house: '2026-03-12' },
];

type Calendar = (orders: Pick<OrderStore, 'recordBake'>) => Pick<OrderStore, 'recordBake'>;

/** Says how many bakes an attendee's calendar of the house records with a day that is not the house's. */
export const handler = async ({ file }: { readonly file: string }): Promise<number> => {
  const { withHouseCalendar } = (await import(pathToFileURL(file).href)) as { readonly withHouseCalendar: Calendar };
  const days: string[] = [];
  const house = withHouseCalendar({
    recordBake: async (_ticket, { bestBefore }) => {
      days.push(bestBefore);
      return { outcome: 'recorded' };
    },
  });
  for (const { bakedAt, bestBefore } of bakes) {
    const bake: Bake = { bakedAt, bestBefore, voucher: '' };
    const ticket: BakeTicket = { orderId: 'house', placedAt: bakedAt, items: [] };
    await house.recordBake(ticket, bake);
  }
  return bakes.filter(({ house }, index) => days[index] !== house).length;
};
