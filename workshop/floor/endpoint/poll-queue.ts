import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientConfiguration } from '../../../client/endpoint/client-configuration.ts';
import type { LaneInput } from '../model/input.ts';

/** Asks the queues of a factory how much is in them: what can be known of an endpoint that tells no events. */
export async function pollQueue(
  { BakeQueueUrl, BakeDeadLetterQueueUrl }: Readonly<Record<string, string>>,
  endpoint: string,
): Promise<LaneInput | undefined> {
  if (!BakeQueueUrl) {
    return undefined;
  }
  const sqs = new SQSClient({ ...clientConfiguration(endpoint), useQueueUrlAsEndpoint: false });
  try {
    const [waiting, dead] = await Promise.all([countsOf(BakeQueueUrl, sqs), countsOf(BakeDeadLetterQueueUrl, sqs)]);
    return { type: 'polled', ...waiting, deadLetters: dead.waiting + dead.inFlight };
  } finally {
    sqs.destroy();
  }
}

async function countsOf(QueueUrl: string | undefined, sqs: SQSClient) {
  if (!QueueUrl) {
    return { waiting: 0, inFlight: 0 };
  }
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
  const [waiting, inFlight] = names.map((name) => Number(Attributes[name] ?? 0));
  return { waiting: waiting ?? 0, inFlight: inFlight ?? 0 };
}
