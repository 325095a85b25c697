import { arn, type Region } from '../../wire/operation.ts';
import { noTags } from '../../wire/tags.ts';
import { invalidParameter } from './errors.ts';
import { isObject, parsedJson } from './json.ts';
import { MessageWindow } from './message-window.ts';
import type { Subscription } from './subscription.ts';

/** The attributes that can be set, with what each is by default. Source: SNS API Reference, "SetTopicAttributes". */
const settable: Readonly<Record<string, string>> = {
  ArchivePolicy: '',
  ContentBasedDeduplication: 'false',
  DataProtectionPolicy: '',
  DeliveryPolicy: '',
  DisplayName: '',
  FifoThroughputScope: 'Topic',
  KmsMasterKeyId: '',
  Policy: '',
  SignatureVersion: '1',
  TracingConfig: 'PassThrough',
};
/** How deliveries are reported is kept; nothing is reported. */
const feedback = /^(Application|Firehose|HTTP|HTTPS|Lambda|SQS)(Success|Failure)Feedback(RoleArn|SampleRate)$/;
const documents = ['ArchivePolicy', 'DeliveryPolicy', 'Policy'];
const fifoOnly = ['ArchivePolicy', 'ContentBasedDeduplication', 'FifoThroughputScope'];

/** A topic with its subscriptions. */
export class Topic {
  readonly arn: string;
  readonly name: string;
  readonly isFifo: boolean;
  readonly subscriptions = new Map<string, Subscription>();
  /** What a FIFO topic was sent in the last minutes. */
  readonly window = new MessageWindow();
  tags = noTags;
  readonly #attributes = new Map<string, string>();
  /** Deliveries of a FIFO topic follow each other. */
  lastDelivery: Promise<unknown> = Promise.resolve();

  /** @throws InvalidParameterException */
  constructor(region: Region, name: string, attributes: Readonly<Record<string, string>>) {
    const { FifoTopic = 'false', ...others } = attributes;
    this.name = checkName(name, FifoTopic === 'true');
    this.isFifo = FifoTopic === 'true';
    this.arn = arn(region, 'sns', name);
    this.#attributes.set('Policy', defaultPolicy(this.arn, region.accountId));
    for (const [attribute, value] of Object.entries(others)) {
      this.set(attribute, value);
    }
  }

  get(attribute: string): string {
    return this.#attributes.get(attribute) ?? settable[attribute] ?? '';
  }

  /** @throws InvalidParameterException */
  set(attribute: string, value: string): void {
    if (!Object.hasOwn(settable, attribute) && !feedback.test(attribute)) {
      throw invalidParameter(`AttributeName`);
    }
    if (fifoOnly.includes(attribute) && !this.isFifo && value !== '') {
      throw invalidParameter(`${attribute} Reason: ${attribute} can only be set for FIFO topics`);
    }
    if (documents.includes(attribute) && value !== '' && !isObject(parsedJson(value))) {
      throw invalidParameter(`Attributes Reason: ${attribute}: failed to parse JSON.`);
    }
    this.#attributes.set(attribute, value);
  }

  /** What GetTopicAttributes tells. */
  describe(owner: string): Record<string, string> {
    const pending = [...this.subscriptions.values()].filter(({ isConfirmed }) => !isConfirmed).length;
    return {
      TopicArn: this.arn,
      Owner: owner,
      DisplayName: '',
      SubscriptionsConfirmed: String(this.subscriptions.size - pending),
      SubscriptionsPending: String(pending),
      SubscriptionsDeleted: '0',
      EffectiveDeliveryPolicy: this.get('DeliveryPolicy') || defaultDeliveryPolicy,
      ...(this.isFifo && { FifoTopic: 'true', ContentBasedDeduplication: 'false', FifoThroughputScope: 'Topic' }),
      ...Object.fromEntries([...this.#attributes].filter(([, value]) => value !== '')),
    };
  }
}

function checkName(name: string, isFifo: boolean): string {
  const [, fifo] = /^[\w-]{1,256}?(\.fifo)?$/.exec(name) ?? [null, null];
  if (fifo === null || name.length > 256) {
    throw invalidParameter('Topic Name');
  }
  if (isFifo !== (fifo === '.fifo')) {
    throw invalidParameter(
      isFifo
        ? 'Topic Name: Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.'
        : 'Topic Name: Only FIFO topic names may end with .fifo.',
    );
  }
  return name;
}

/** Source: SNS Developer Guide, "Creating a delivery policy for HTTP/S endpoints in Amazon SNS". */
const defaultDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});

const defaultPolicy = (topicArn: string, accountId: string): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: topicArn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });
