import { randomUUID } from 'node:crypto';
import type * as lambda from '@aws-sdk/client-lambda';
import type * as sqs from '@aws-sdk/client-sqs';
import { type Call, type Handlers, internalCall, type Region } from '../../wire/operation.ts';
import { pause } from '../../wire/pause.ts';
import { post, retryDelays } from './http-endpoint.ts';
import type { Message } from './message.ts';
import { confirmationOf, lambdaEventOf, notificationOf } from './notification.ts';
import type { Subscription } from './subscription.ts';
import type { Topic } from './topic.ts';

/** The operations of the services that subscribers are in. */
export interface SnsDeps {
  readonly lambda: Required<Pick<Handlers<typeof lambda>, 'Invoke'>>;
  readonly sqs: Required<Pick<Handlers<typeof sqs>, 'SendMessage'>>;
}

/** Waits before each retry of a queue or a function that has too much to do, in milliseconds. */
const serviceDelays = [0, 0, 0, 1000, 2000, 4000, 8000, 16_000];
/** A queue takes this many attributes of a raw message. */
const maxRawAttributes = 10;

/**
 * Brings messages to subscribers. What is given up goes to the subscription's dead-letter queue, or is lost where it has none. Source: SNS
 * Developer Guide, "Amazon SNS message delivery retries", "Amazon SNS dead-letter queues".
 */
export class Delivery {
  readonly #region: Region;
  readonly #deps: SnsDeps;
  readonly #underway = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(region: Region, deps: SnsDeps) {
    this.#region = region;
    this.#deps = deps;
  }

  /** Starts to deliver to all who want it. It does not wait: a message is published when the topic has it. */
  start(topic: Topic, message: Message): void {
    for (const subscription of topic.subscriptions.values()) {
      const wanted = { body: message.bodyFor(subscription.protocol), attributes: message.attributes };
      if (!subscription.wants(wanted)) {
        continue;
      }
      const deliver = () => this.#deliver(topic, subscription, message);
      if (topic.isFifo) {
        topic.lastDelivery = topic.lastDelivery.then(() => this.#track(deliver()));
      } else {
        void this.#track(deliver());
      }
    }
  }

  /** Asks an HTTP endpoint whether it wants the messages. */
  confirm(topic: Topic, subscription: Subscription): void {
    const confirmation = confirmationOf(subscription, randomUUID(), this.#region);
    const send = () =>
      this.#post(subscription, JSON.stringify(confirmation), confirmation.Type, confirmation.MessageId);
    void this.#track(this.#attempts(retryDelays(subscription.deliveryPolicy, topic.get('DeliveryPolicy')), send));
  }

  /** Gives up what waits to be tried again. Resolves when nothing is underway any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#underway);
  }

  #track(work: Promise<unknown>): Promise<void> {
    const tracked = work
      .then(
        () => undefined,
        (error: Error) => {
          if (!this.#closing.signal.aborted) {
            console.error(`sns: ${error.message}`);
          }
        },
      )
      .finally(() => this.#underway.delete(tracked));
    this.#underway.add(tracked);
    return tracked;
  }

  async #deliver(topic: Topic, subscription: Subscription, message: Message): Promise<void> {
    const isHttp = subscription.protocol.startsWith('http');
    const delays = isHttp ? retryDelays(subscription.deliveryPolicy, topic.get('DeliveryPolicy')) : serviceDelays;
    try {
      await this.#attempts(delays, () => this.#send(subscription, message));
    } catch (error) {
      const { deadLetterArn } = subscription;
      if (deadLetterArn === undefined) {
        throw new Error(`${subscription.arn} did not reach ${subscription.endpoint}: ${(error as Error).message}`);
      }
      await this.#sendToQueue(deadLetterArn, subscription, message);
    }
  }

  async #attempts(delays: readonly number[], attempt: () => Promise<unknown>): Promise<void> {
    for (let retries = 0; ; retries++) {
      try {
        await attempt();
        return;
      } catch (error) {
        const delay = delays[retries];
        if (delay === undefined || !isPassing(error as Error)) {
          throw error;
        }
        await pause(delay, this.#closing.signal);
        if (this.#closing.signal.aborted) {
          return;
        }
      }
    }
  }

  async #send(subscription: Subscription, message: Message): Promise<void> {
    const { protocol, endpoint } = subscription;
    if (protocol === 'lambda') {
      const Payload = Buffer.from(JSON.stringify(lambdaEventOf(message, subscription, this.#region)));
      const input = { FunctionName: endpoint, InvocationType: 'Event' as const, Payload };
      await this.#deps.lambda.Invoke(input, callFor(message));
    } else if (protocol === 'sqs') {
      await this.#sendToQueue(endpoint, subscription, message);
    } else if (protocol === 'http' || protocol === 'https') {
      const body = subscription.isRaw ? message.bodyFor(protocol) : this.#notification(subscription, message);
      await this.#post(subscription, body, 'Notification', message.id);
    }
  }

  #notification(subscription: Subscription, message: Message): string {
    return JSON.stringify(notificationOf(message, subscription, this.#region));
  }

  async #sendToQueue(queueArn: string, subscription: Subscription, message: Message): Promise<void> {
    const [, , , , accountId, name = ''] = queueArn.split(':');
    const raw = subscription.isRaw && {
      MessageBody: message.bodyFor('sqs'),
      MessageAttributes: rawAttributes(message),
    };
    const input = {
      QueueUrl: `${this.#region.endpoint}/${accountId}/${name}`,
      MessageBody: this.#notification(subscription, message),
      ...raw,
      ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
      ...(name.endsWith('.fifo') && { MessageDeduplicationId: message.deduplicationId }),
    };
    await this.#deps.sqs.SendMessage(input, callFor(message));
  }

  #post({ endpoint, arn, topicArn, isRaw }: Subscription, body: string, type: string, id: string): Promise<void> {
    const headers = {
      'x-amz-sns-message-type': type,
      'x-amz-sns-message-id': id,
      'x-amz-sns-topic-arn': topicArn,
      ...(type === 'Notification' && { 'x-amz-sns-subscription-arn': arn }),
      ...(isRaw && type === 'Notification' && { 'x-amz-sns-rawdelivery': 'true' }),
    };
    return post(endpoint, body, headers, this.#closing.signal);
  }
}

/** A call that goes on with the chain of requests of a message. */
const callFor = ({ traceHeader }: Message): Call => ({ ...internalCall(), traceHeader });

/** @throws where a queue could not take them */
function rawAttributes({ attributes }: Message): Record<string, sqs.MessageAttributeValue> {
  const entries = Object.entries(attributes);
  if (entries.length > maxRawAttributes) {
    throw new Error(`a raw message has ${entries.length} attributes, and a queue takes ${maxRawAttributes}`);
  }
  return Object.fromEntries(
    entries.map(([name, { DataType, ...value }]) => [name, { ...value, DataType: DataType ?? 'String' }]),
  );
}

/** Whether the same may succeed later: the other side was not there, was at fault, or had too much to do. */
function isPassing(error: Error & { readonly status?: number; readonly $fault?: string }): boolean {
  return (
    error.name === 'TypeError' ||
    error.name === 'TimeoutError' ||
    /Throttl|TooManyRequests/.test(error.name) ||
    error.$fault === 'server' ||
    (error.status ?? 0) >= 500
  );
}
