import type { Region } from '../../wire/operation.ts';
import { invalidParameter, subscriptionNotFound, topicNotFound } from './errors.ts';
import type { Subscription } from './subscription.ts';
import { Topic } from './topic.ts';

/** The topics of a region, and their subscriptions. */
export class Topics {
  readonly region: Region;
  readonly #topics = new Map<string, Topic>();

  constructor(region: Region) {
    this.region = region;
  }

  /** @throws NotFoundException; InvalidParameterException for what is no topic's ARN */
  get(topicArn = ''): Topic {
    if (!/^arn:aws[a-z-]*:sns:[^:]+:\d{12}:[^:]+$/.test(topicArn)) {
      throw invalidParameter('TopicArn');
    }
    const topic = this.#topics.get(topicArn);
    if (!topic) {
      throw topicNotFound();
    }
    return topic;
  }

  /** Makes a topic. One that is there already, with the same attributes, is the answer again. @throws InvalidParameterException */
  create(name: string, attributes: Readonly<Record<string, string>>): Topic {
    const made = new Topic(this.region, name, attributes);
    const existing = this.#topics.get(made.arn);
    if (!existing) {
      this.#topics.set(made.arn, made);
      return made;
    }
    const differs = Object.keys(attributes).some((attribute) =>
      attribute === 'FifoTopic' ? made.isFifo !== existing.isFifo : made.get(attribute) !== existing.get(attribute),
    );
    if (differs) {
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    }
    return existing;
  }

  /** What is not there is deleted already. */
  delete(topicArn = ''): void {
    this.#topics.delete(topicArn);
  }

  all(): Topic[] {
    return [...this.#topics.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  findSubscription(subscriptionArn: string): Subscription | undefined {
    const topicArn = subscriptionArn.slice(0, subscriptionArn.lastIndexOf(':'));
    return this.#topics.get(topicArn)?.subscriptions.get(subscriptionArn);
  }

  /** @throws NotFoundException; InvalidParameterException for what is no subscription's ARN */
  subscription(subscriptionArn = ''): Subscription {
    if (!/^arn:aws[a-z-]*:sns:[^:]+:\d{12}:[^:]+:[^:]+$/.test(subscriptionArn)) {
      throw invalidParameter('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1');
    }
    const found = this.findSubscription(subscriptionArn);
    if (!found) {
      throw subscriptionNotFound();
    }
    return found;
  }

  /** Confirms the subscription with a token. @throws NotFoundException, InvalidParameterException */
  confirm(topicArn: string, token: string): Subscription {
    const topic = this.#topics.get(topicArn);
    if (!topic) {
      throw topicNotFound();
    }
    const subscription = [...topic.subscriptions.values()].find((one) => one.token === token);
    if (!subscription) {
      throw invalidParameter('Token');
    }
    subscription.isConfirmed = true;
    return subscription;
  }

  /** Takes a subscription away; what is not there is gone already. */
  unsubscribe(subscriptionArn: string): void {
    const subscription = this.findSubscription(subscriptionArn);
    if (subscription) {
      this.#topics.get(subscription.topicArn)?.subscriptions.delete(subscriptionArn);
    }
  }

  allSubscriptions(): Subscription[] {
    return this.all().flatMap(({ subscriptions }) => [...subscriptions.values()]);
  }
}
