import { randomUUID } from 'node:crypto';
import type { RecordStream, StreamRecord } from '../../../wire/record-stream.ts';
import type { Invoked } from '../invocation/invoker.ts';

/**
 * The first record that a function with ReportBatchItemFailures says it failed at: the batch is tried again from there. Undefined where
 * it names none, and the very first where what it says is of another form or names a record of another batch.
 */
export function firstFailureOf(payload: Uint8Array, records: readonly StreamRecord[]): number | undefined {
  const response: unknown = JSON.parse(Buffer.from(payload).toString());
  if (response === null || response === '') {
    return undefined;
  }
  if (typeof response !== 'object') {
    return 0;
  }
  const { batchItemFailures: failures } = response as { batchItemFailures?: unknown };
  if (failures === undefined || failures === null) {
    return undefined;
  }
  if (!Array.isArray(failures)) {
    return 0;
  }
  const numbers = new Map(records.map(({ sequenceNumber }, at) => [sequenceNumber, at]));
  const places = failures.map((failure: { itemIdentifier?: unknown } | null) =>
    numbers.get(String(failure?.itemIdentifier)),
  );
  if (places.length === 0) {
    return undefined;
  }
  return Math.min(...places.map((place) => place ?? 0));
}

/** Of a batch that was given up, what is sent on: where its records are, not the records. */
export function streamFailureRecord(
  records: readonly StreamRecord[],
  {
    stream,
    functionArn,
    condition,
    approximateInvokeCount,
  }: {
    readonly stream: Pick<RecordStream, 'arn' | 'shardId'>;
    readonly functionArn: string;
    readonly condition: string;
    readonly approximateInvokeCount: number;
  },
  invoked: Invoked | undefined,
): string {
  const [first, last] = [records[0], records.at(-1)];
  return JSON.stringify({
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount },
    ...(invoked && {
      responseContext: {
        statusCode: 200,
        executedVersion: invoked.executedVersion,
        ...(invoked.functionError && { functionError: invoked.functionError }),
      },
    }),
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: stream.shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date(first?.time ?? 0).toISOString(),
      approximateArrivalOfLastRecord: new Date(last?.time ?? 0).toISOString(),
      batchSize: records.length,
      streamArn: stream.arn,
    },
  });
}
