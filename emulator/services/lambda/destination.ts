import { internalCall } from '../../wire/operation.ts';
import type { Publish } from '../../wire/publish.ts';
import { notServed } from './errors.ts';
import { queueUrlOf, type SqsOperations } from './sqs-queue.ts';

/** What takes records of what became of an invocation, beside functions. */
export interface DestinationServices {
  readonly sqs: SqsOperations;
  readonly publish: Publish;
}

/** Refuses, by name, what a record cannot be sent to. @throws InvalidParameterValueException */
export function checkDestination(arn: string | undefined, ...more: readonly string[]): void {
  const services = ['sns', 'sqs', ...more];
  if (arn && !services.includes(arn.split(':')[2] ?? '')) {
    throw notServed(`The destination ${arn} (only ${services.join(', ')} are)`);
  }
}

/** Sends a record to a queue or a topic. */
export async function sendRecord(
  { sqs, publish }: DestinationServices,
  arn: string,
  record: string,
  MessageAttributes: Record<string, { DataType: string; StringValue: string }> = {},
): Promise<void> {
  if (isTopic(arn)) {
    await publish({ TopicArn: arn, Message: record, MessageAttributes });
    return;
  }
  const QueueUrl = await queueUrlOf(sqs, arn);
  await sqs.SendMessage({ QueueUrl, MessageBody: record, MessageAttributes }, internalCall());
}

const isTopic = (arn: string): boolean => /^arn:[^:]+:sns:/.test(arn);
