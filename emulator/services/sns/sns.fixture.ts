import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { serve } from '../../gateway.fixture.ts';
import type { Region } from '../../wire/operation.ts';
import { createSqs } from '../sqs/sqs.ts';
import type { SnsDeps } from './delivery.ts';
import { pagePath } from './page.ts';
import { createSns } from './sns.ts';

/** SNS with the real SQS behind a real port, and real clients of both, until the test ends. Functions are not there. */
export async function startSns(lambda: SnsDeps['lambda'] = { Invoke: noFunction }) {
  let endpoint = '';
  const region: Region = {
    accountId: '000000000000',
    name: 'eu-west-1',
    get endpoint() {
      return endpoint;
    },
  };
  const sqs = createSqs(region);
  const service = createSns(region, { lambda, sqs: sqs.operations });
  const pages = [{ path: pagePath, answer: service.page }];
  const { url, configuration } = await serve([sqs.service, service.service], { pages });
  endpoint = url;
  const clients = { sns: new SNS(configuration), sqs: new SQS(configuration) };
  onTestFinished(async () => {
    clients.sns.destroy();
    clients.sqs.destroy();
    await service.close();
    sqs.close();
  });
  return {
    ...clients,
    url,
    topic: async (Name = 'baked', Attributes: Record<string, string> = {}) =>
      (await clients.sns.createTopic({ Name, Attributes })).TopicArn ?? '',
    queue: async (QueueName = 'orders', Attributes: Record<string, string> = {}) => {
      const { QueueUrl = '' } = await clients.sqs.createQueue({ QueueName, Attributes });
      return { url: QueueUrl, arn: `arn:aws:sqs:eu-west-1:000000000000:${QueueName}` };
    },
    subscribe: async (TopicArn: string, Endpoint: string, Attributes: Record<string, string> = {}, Protocol = 'sqs') =>
      (await clients.sns.subscribe({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true }))
        .SubscriptionArn ?? '',
    /** The next messages of a queue, which it then has no more. */
    receive: async (QueueUrl: string, WaitTimeSeconds = 5) => {
      const { Messages = [] } = await clients.sqs.receiveMessage({
        QueueUrl,
        WaitTimeSeconds,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      });
      for (const { ReceiptHandle } of Messages) {
        await clients.sqs.deleteMessage({ QueueUrl, ReceiptHandle });
      }
      return Messages;
    },
  };
}

const noFunction = () => {
  throw Object.assign(new Error('Function not found'), { name: 'ResourceNotFoundException', $fault: 'client' });
};
