import { randomUUID } from 'node:crypto';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Order } from '../../functions/domain/order.ts';

const hour = 3_600_000;

/** Orders that were baked long ago, and orders that were baked just now. */
export interface Leftovers {
  readonly stale: readonly string[];
  readonly live: readonly string[];
}

/** Puts orders of both kinds straight into the table; no customer could place one that is two days old. */
export async function leave(client: DynamoDBDocumentClient, table: string, ofEach: number): Promise<Leftovers> {
  const stale = Array.from({ length: ofEach }, () => bakedOrder(48 * hour));
  const live = Array.from({ length: ofEach }, () => bakedOrder(0));
  const requests = [...stale, ...live].map((Item) => ({ PutRequest: { Item } }));
  await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  return { stale: stale.map(({ orderId }) => orderId), live: live.map(({ orderId }) => orderId) };
}

function bakedOrder(age: number): Order {
  const moment = new Date(Date.now() - age).toISOString();
  return {
    orderId: randomUUID(),
    customer: 'leftovers',
    items: [{ recipe: 'raisin', quantity: 1, priceCents: 110 }],
    totalCents: 110,
    status: 'BAKED',
    placedAt: moment,
    queuedAt: moment,
    bakedAt: moment,
    bestBefore: moment.slice(0, 'YYYY-MM-DD'.length),
    voucher: 'none',
  };
}
