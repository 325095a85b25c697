import type { MiddyfiedHandler } from '@middy/core';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { lambdaFunction } from '../../functions/runtime/lambda-function.ts';
import type { StartBatch } from '../../functions/runtime/queue-function.ts';
import type { Telemetry } from '../../functions/runtime/telemetry.ts';

/**
 * Handles the messages of a batch side by side, all or nothing: if one fails, all of them come back, those that are done
 * too. It takes the time it takes; if that is more than the function has, everything comes back as well.
 */
export function wholeBatch(startBatch: StartBatch, telemetry: Telemetry): MiddyfiedHandler<SQSEvent, void> {
  return lambdaFunction(async ({ Records }: SQSEvent) => {
    const handle = await startBatch(new AbortController().signal);
    await Promise.all(Records.map((record: SQSRecord) => handle(record)));
  }, telemetry);
}
