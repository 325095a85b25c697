import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';

/** One message as a function gets it in `Records` ("Using Lambda with Amazon SQS"). */
export interface SqsRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, object>>;
  readonly md5OfMessageAttributes?: string;
  readonly md5OfBody: string;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

export function recordOf(message: Message, eventSourceARN: string, awsRegion: string): SqsRecord {
  const attributes = Object.entries(message.MessageAttributes ?? {});
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(attributes.map(([name, value]) => [name, attributeOf(value)])),
    ...(message.MD5OfMessageAttributes && { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
}

const attributeOf = ({ StringValue, BinaryValue, DataType }: MessageAttributeValue) => ({
  ...(StringValue !== undefined && { stringValue: StringValue }),
  ...(BinaryValue && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType,
});

/** What a filter pattern is held against: the record, with its body parsed where that is JSON. */
export function filterable(record: SqsRecord): object {
  try {
    return { ...record, body: JSON.parse(record.body) as unknown };
  } catch {
    return record;
  }
}

/**
 * The ids of the messages that a function with ReportBatchItemFailures gave back. Every message failed (undefined) where
 * the response is not of that form, or names a message that was not in the batch.
 */
export function failuresOf(payload: Uint8Array, messageIds: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const response: unknown = JSON.parse(Buffer.from(payload).toString());
  if (response === null || response === '') {
    return new Set();
  }
  if (typeof response !== 'object') {
    return undefined;
  }
  const { batchItemFailures: failures } = response as { batchItemFailures?: unknown };
  if (failures === undefined || failures === null) {
    return new Set();
  }
  if (!Array.isArray(failures)) {
    return undefined;
  }
  const ids = failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier);
  if (!ids.every((id): id is string => typeof id === 'string' && messageIds.has(id))) {
    return undefined;
  }
  return new Set(ids);
}
