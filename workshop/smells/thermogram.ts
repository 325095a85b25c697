import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrderStore } from '../../functions/domain/ports.ts';

/** Readings of the oven's sensors that belong to one order: a megabyte of them. */
const readings = 131_072;

/**
 * Keeps what the oven's sensors saw while an order was baked, in case somebody ever asks. Nobody does, and nobody takes
 * them away either.
 */
export async function keepThermogram(orderId: string): Promise<void> {
  const temperatures = Float64Array.from({ length: readings }, (_, index) => 180 + Math.sin(index / 100));
  await writeFile(join(tmpdir(), `thermogram-${orderId}.bin`), temperatures);
}

/** Keeps a thermogram of every order that is recorded as baked. */
export function withThermograms(orders: Pick<OrderStore, 'recordBake'>): Pick<OrderStore, 'recordBake'> {
  return {
    recordBake: async (ticket, bake) => {
      await keepThermogram(ticket.orderId);
      return await orders.recordBake(ticket, bake);
    },
  };
}
