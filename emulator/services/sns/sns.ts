import * as sns from '@aws-sdk/client-sns';
import type { WireAnswer, WireRequest } from '../../wire/http.ts';
import type { Handlers, Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';
import { Delivery, type SnsDeps } from './delivery.ts';
import { subscriberPage } from './page.ts';
import { publishOperations } from './publish-operations.ts';
import { subscriptionOperations } from './subscription-operations.ts';
import { tagOperations } from './tag-operations.ts';
import { topicOperations } from './topic-operations.ts';
import { Topics } from './topics.ts';

const model = serviceModel('sns', sns, { xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/' });

/**
 * SNS: standard and FIFO topics with filter policies, for SQS queues, Lambda functions and HTTP endpoints of this machine. Less than
 * AWS: no text messages, pushes, archives or replays; messages are not signed, and e-mails are not sent.
 */
export function createSns(region: Region, deps: SnsDeps) {
  const topics = new Topics(region);
  const delivery = new Delivery(region, deps);
  const operations = {
    ...topicOperations(topics),
    ...subscriptionOperations(topics, delivery),
    ...publishOperations(topics, delivery),
    ...tagOperations(topics),
  } satisfies Handlers<typeof sns>;
  return {
    service: service<typeof sns>(model, operations),
    operations,
    /** What a subscriber opens without a signature. */
    page: (request: WireRequest): WireAnswer => subscriberPage(topics, request),
    close: () => delivery.close(),
  };
}
