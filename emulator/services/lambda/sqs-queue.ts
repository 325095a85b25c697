import type * as sqs from '@aws-sdk/client-sqs';
import { type Handlers, internalCall } from '../../wire/operation.ts';

/** What Lambda needs of SQS: event sources, dead-letter queues and destinations. */
export type SqsOperations = Required<
  Pick<
    Handlers<typeof sqs>,
    'DeleteMessageBatch' | 'GetQueueAttributes' | 'GetQueueUrl' | 'ReceiveMessage' | 'SendMessage'
  >
>;

/** The URL of the queue with this ARN. @throws QueueDoesNotExist */
export async function queueUrlOf(sqs: SqsOperations, queueArn: string): Promise<string> {
  const [, , , , QueueOwnerAWSAccountId, QueueName] = queueArn.split(':');
  const { QueueUrl } = await sqs.GetQueueUrl({ QueueName, QueueOwnerAWSAccountId }, internalCall());
  return QueueUrl ?? '';
}
