import type * as sns from '@aws-sdk/client-sns';
import type { Handlers } from '../../wire/operation.ts';
import type { Delivery } from './delivery.ts';
import { invalidParameter, notServed } from './errors.ts';
import { checkHttpEndpoint } from './http-endpoint.ts';
import { pageOf } from './paging.ts';
import { type Protocol, Subscription } from './subscription.ts';
import type { Topic } from './topic.ts';
import type { Topics } from './topics.ts';

const pending = 'pending confirmation';
const unserved = ['application', 'firehose', 'sms'];
const arns: Partial<Record<Protocol, RegExp>> = {
  lambda: /^arn:aws[a-z-]*:lambda:[^:]+:\d{12}:function:[^:]+(:[^:]+)?$/,
  sqs: /^arn:aws[a-z-]*:sqs:[^:]+:\d{12}:[^:]+$/,
};

/**
 * Subscriptions of queues, functions and HTTP endpoints on this machine. One by e-mail waits for its confirmation for ever, as on AWS
 * where nobody opens the mail.
 */
export function subscriptionOperations(topics: Topics, delivery: Delivery) {
  const { accountId } = topics.region;
  const summaryOf = ({ arn, topicArn, protocol, endpoint, isConfirmed }: Subscription): sns.Subscription => ({
    SubscriptionArn: isConfirmed ? arn : 'PendingConfirmation',
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: accountId,
  });
  const listed = (all: readonly Subscription[], NextToken: string | undefined) => {
    const { items, ...next } = pageOf(all, ({ arn }) => arn, NextToken);
    return { Subscriptions: items.map(summaryOf), ...next };
  };
  return {
    Subscribe: ({ TopicArn, Protocol = '', Endpoint = '', Attributes = {}, ReturnSubscriptionArn = false }) => {
      const topic = topics.get(TopicArn);
      const protocol = checkProtocol(Protocol, Endpoint, topic);
      const existing = [...topic.subscriptions.values()].find(
        (one) => one.protocol === protocol && one.endpoint === Endpoint,
      );
      if (existing && !existing.hasAttributes(Attributes)) {
        throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
      }
      const subscription = existing ?? new Subscription(topic.arn, protocol, Endpoint, Attributes);
      topic.subscriptions.set(subscription.arn, subscription);
      if (!subscription.isConfirmed && protocol.startsWith('http')) {
        delivery.confirm(topic, subscription);
      }
      return { SubscriptionArn: subscription.isConfirmed || ReturnSubscriptionArn ? subscription.arn : pending };
    },
    ConfirmSubscription: ({ TopicArn = '', Token = '' }) => ({ SubscriptionArn: topics.confirm(TopicArn, Token).arn }),
    Unsubscribe: ({ SubscriptionArn = '' }) => {
      topics.unsubscribe(SubscriptionArn);
      return {};
    },
    GetSubscriptionAttributes: ({ SubscriptionArn }) => ({
      Attributes: topics.subscription(SubscriptionArn).describe(accountId),
    }),
    SetSubscriptionAttributes: ({ SubscriptionArn, AttributeName = '', AttributeValue = '' }) => {
      topics.subscription(SubscriptionArn).set(AttributeName, AttributeValue);
      return {};
    },
    ListSubscriptions: ({ NextToken }) => listed(topics.allSubscriptions(), NextToken),
    ListSubscriptionsByTopic: ({ TopicArn, NextToken }) =>
      listed([...topics.get(TopicArn).subscriptions.values()], NextToken),
  } satisfies Handlers<typeof sns>;
}

function checkProtocol(name: string, endpoint: string, topic: Topic): Protocol {
  if (unserved.includes(name)) {
    throw notServed(`A subscription by ${name}`);
  }
  if (!['email', 'email-json', 'http', 'https', 'lambda', 'sqs'].includes(name)) {
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${name}`);
  }
  const protocol = name as Protocol;
  if (topic.isFifo && protocol !== 'sqs') {
    throw invalidParameter(`Invalid protocol type: ${protocol}`);
  }
  if (protocol === 'http' || protocol === 'https') {
    checkHttpEndpoint(protocol, endpoint);
  }
  if (!(arns[protocol]?.test(endpoint) ?? endpoint !== '')) {
    throw invalidParameter(protocol === 'sqs' ? 'SQS endpoint ARN' : `${protocol} endpoint`);
  }
  if (protocol === 'sqs' && endpoint.endsWith('.fifo') && !topic.isFifo) {
    throw invalidParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  }
  return protocol;
}
