import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type ReceivedOrder, receiveOrder, ticketFor } from '../../functions/domain/order.ts';

/** An order that was taken, with its number of cookies, and is on no queue yet. */
export function orderOf(quantity: number, items = 1, recipe = 'raisin'): ReceivedOrder {
  const item = { recipe, quantity, priceCents: 110 };
  return receiveOrder(
    randomUUID(),
    'disposable',
    Array.from({ length: items }, () => item),
    new Date(),
  );
}

/** Stores orders as ordering would, and says that they are on the queue, so that no sweep puts them there. */
export async function store(
  documents: DynamoDBDocumentClient,
  table: string,
  orders: readonly ReceivedOrder[],
): Promise<void> {
  const puts = orders.map((order) => ({ PutRequest: { Item: { ...order, queuedAt: order.placedAt } } }));
  await documents.send(new BatchWriteCommand({ RequestItems: { [table]: puts } }));
}

/** Stores orders, and puts them on the queue in one batch, with whatever else is to be in it. */
export async function handIn(
  { documents, sqs }: { readonly documents: DynamoDBDocumentClient; readonly sqs: SQSClient },
  { table, queue }: { readonly table: string; readonly queue: string },
  orders: readonly ReceivedOrder[],
  others: readonly string[] = [],
): Promise<void> {
  await store(documents, table, orders);
  const bodies = [...orders.map((order) => JSON.stringify(ticketFor(order))), ...others];
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries }));
}

export const idOf = ({ orderId }: { readonly orderId: string }): string => orderId;
