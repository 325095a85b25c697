import { internalCall } from '../../wire/operation.ts';
import { notServed } from './errors.ts';
import { queueUrlOf, type SqsOperations } from './sqs-queue.ts';

/** What takes records of what became of an invocation, beside functions. */
export interface DestinationServices {
  readonly sqs: SqsOperations;
}

/** Refuses, by name, what a record cannot be sent to. @throws InvalidParameterValueException */
export function checkDestination(arn: string | undefined, ...more: readonly string[]): void {
  const services = ['sqs', ...more];
  if (arn && !services.includes(arn.split(':')[2] ?? '')) {
    throw notServed(`The destination ${arn} (only ${services.join(', ')} are)`);
  }
}

/** Sends a record to a queue. */
export async function sendRecord({ sqs }: DestinationServices, arn: string, record: string): Promise<void> {
  const QueueUrl = await queueUrlOf(sqs, arn);
  await sqs.SendMessage({ QueueUrl, MessageBody: record }, internalCall());
}
