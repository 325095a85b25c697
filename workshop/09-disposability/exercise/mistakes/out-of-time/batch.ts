import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { BakeMessage } from '../../../../../functions/baking/bake-batch.ts';

/** Gets ready for a batch, and returns what handles one message of it: `openShift` is one. It stops on the signal. */
export type StartBatch = (stop: AbortSignal) => Promise<(message: BakeMessage) => Promise<void>>;

/** Milliseconds kept back, so that what is told to stop can fail before the function is ended. */
export const reserveMs = 500;

/**
 * Handles the messages of a batch side by side. Returns the ids of those that failed: they alone go back to the queue
 * (Lambda Developer Guide, "Handling errors for an SQS event source in Lambda").
 *
 * What is not done when all but `reserveMs` of the function's time is over is told to stop, and fails. A function that
 * times out has no answer, and its whole batch comes back. `AbortSignal.timeout` makes a signal that waits.
 */
export async function handleBatch(event: SQSEvent, _context: Context, start: StartBatch): Promise<SQSBatchResponse> {
  const stop = new AbortController().signal;
  const handle = await start(stop);
  const outcomes = await Promise.allSettled(event.Records.map((record) => handle(record)));
  const failed = event.Records.filter((_, index) => outcomes[index]?.status === 'rejected');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
