import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSBatchResponse } from 'aws-lambda';
import type { BakeMessage } from '../../functions/baking/bake-batch.ts';
import { type ReceivedOrder, ticketFor } from '../../functions/domain/order.ts';

/** A message that asks for an order to be baked. */
export const messageOf = (order: ReceivedOrder): BakeMessage => ({
  messageId: order.orderId,
  body: JSON.stringify(ticketFor(order)),
});

/** A message that nobody can read. */
export const poison: BakeMessage = { messageId: 'poison', body: 'There is something in the flour.' };

/** What a function made of a batch. */
export interface HandedOver {
  readonly end: 'answered' | 'failed' | 'timed out';
  /** The ids that go back to the queue: all of them, unless there was an answer. */
  readonly back: readonly string[];
}

/**
 * Hands a batch to a function as an event source would, and returns what goes back to the queue by its answer (Lambda
 * Developer Guide, "Handling errors for an SQS event source in Lambda").
 */
export async function handOver(
  lambda: LambdaClient,
  FunctionName: string,
  messages: readonly BakeMessage[],
): Promise<HandedOver> {
  const records = messages.map((message) => ({ ...message, eventSource: 'aws:sqs' }));
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify({ Records: records })) }),
  );
  const answer = Payload?.transformToString() || 'null';
  if (FunctionError !== undefined) {
    const isLate = /Task timed out/.test(answer);
    return { end: isLate ? 'timed out' : 'failed', back: messages.map(({ messageId }) => messageId) };
  }
  const { batchItemFailures = [] } = (JSON.parse(answer) ?? {}) as Partial<SQSBatchResponse>;
  return { end: 'answered', back: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}
