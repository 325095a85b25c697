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

/**
 * Hands a batch to a function as an event source would, and returns the ids that go back to the queue by its answer: all of
 * them where it has none, because it failed or ran out of time (Lambda Developer Guide, "Handling errors for an SQS event
 * source in Lambda").
 */
export async function handOver(
  lambda: LambdaClient,
  FunctionName: string,
  messages: readonly BakeMessage[],
): Promise<string[]> {
  const records = messages.map((message) => ({ ...message, eventSource: 'aws:sqs' }));
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify({ Records: records })) }),
  );
  if (FunctionError !== undefined) {
    return messages.map(({ messageId }) => messageId);
  }
  const answer = JSON.parse(Payload?.transformToString() || 'null') as Partial<SQSBatchResponse> | null;
  return (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
}

/** What goes back to the queue of a batch that has one message in it which must. */
export async function goesBack(
  lambda: LambdaClient,
  functionName: string,
  { good, bad }: { readonly good: readonly BakeMessage[]; readonly bad: BakeMessage },
): Promise<string> {
  const back = await handOver(lambda, functionName, [...good, bad]);
  if (back.length === 1 && back[0] === bad.messageId) {
    return 'that message';
  }
  return back.length === 0 ? 'nothing' : back.length > good.length ? 'the whole batch' : 'another message';
}
