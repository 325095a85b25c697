import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { MiddyfiedHandler } from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { lambdaFunction } from './lambda-function.ts';
import type { Telemetry } from './telemetry.ts';

/** Gets ready for a batch, and gives the function that handles one message of it. */
export type StartBatch = (stop: AbortSignal) => Promise<(message: SQSRecord) => Promise<void>>;

/** Milliseconds kept back, so that messages told to stop can fail one by one before the function is ended. */
const reserveMs = 500;

/**
 * Makes a Lambda handler of the work on one message, for an SQS queue with partial batch responses.
 *
 * The messages of a batch are handled side by side, and one that fails goes back to the queue alone. When the function's
 * time is nearly up, those that are not done get a signal to stop: timing out would send the whole batch back, the finished
 * ones too, and a batch that is too much for one invocation would never get further.
 */
export function queueFunction(
  startBatch: StartBatch,
  telemetry: Telemetry,
): MiddyfiedHandler<SQSEvent, SQSBatchResponse> {
  const processor = new BatchProcessor(EventType.SQS);
  return lambdaFunction(async (event, context) => {
    const stop = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - reserveMs));
    const handle = await startBatch(stop);
    return await processPartialResponse(event, handle, processor, { throwOnFullBatchFailure: false });
  }, telemetry);
}
