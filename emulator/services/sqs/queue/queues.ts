import * as sqs from '@aws-sdk/client-sqs';
import { tellOfResource } from '../../../wire/activity/activity.ts';
import type { Region } from '../../../wire/operation.ts';
import { invalidParameter, invalidValue, missingParameter, queueDoesNotExist } from '../errors.ts';
import { type Attributes, differingAttribute, newSettings, normalized, type QueueSettings } from './attributes.ts';
import { Queue } from './queue.ts';
import { allowsSource } from './redrive-policy.ts';

/** How long a name is not free after its queue was deleted, in milliseconds. */
const reuseIntervalMs = 60_000;
const queueName = /^[\w-]{1,80}$/;
const fifoQueueName = /^[\w-]{1,75}\.fifo$/;
/** A queue is named by the path of its URL, whoever's host that is of, or by its bare name (verified on AWS). */
const queueUrlPattern = /^(?:(?:https?:\/\/[^/]+)?\/(\d{12})\/)?([\w-]+(?:\.fifo)?)\/?$/;

/** The queues of an account in a region. */
export class Queues {
  readonly #region: Region;
  readonly #queues = new Map<string, Queue>();
  /** When queues were deleted, by their names. */
  readonly #deletedAt = new Map<string, number>();

  constructor(region: Region) {
    this.#region = region;
  }

  /** All queues by name, in the order of their names. */
  list(): Queue[] {
    return [...this.#queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Creates a queue; one that is there already is returned, if no attribute that is asked for differs.
   * @throws QueueNameExists, QueueDeletedRecently
   */
  create(name: string | undefined, asked: Attributes): { readonly queue: Queue; readonly created: boolean } {
    const attributes = normalized(asked);
    checkName(name, attributes.FifoQueue === 'true');
    const settings = newSettings(attributes);
    const existing = this.#queues.get(name);
    if (existing) {
      const differing = differingAttribute(existing.settings, attributes);
      if (differing === undefined) {
        return { queue: existing, created: false };
      }
      throw new sqs.QueueNameExists({
        message: `A queue already exists with the same name and a different value for attribute ${differing}`,
        $metadata: {},
      });
    }
    this.#assertNotDeletedRecently(name);
    const queue = new Queue(this.#region, name, settings, (arn) => this.byArn(arn));
    this.checkRedrive(queue, settings);
    this.#queues.set(name, queue);
    tellOfResource(this.#region.activity, 'resource.created', 'queue', name);
    return { queue, created: true };
  }

  delete(queue: Queue): void {
    this.#queues.delete(queue.name);
    this.#deletedAt.set(queue.name, Date.now());
    queue.close();
    tellOfResource(this.#region.activity, 'resource.deleted', 'queue', queue.name);
  }

  /** Source: Amazon SQS API Reference, CreateQueue, "QueueDeletedRecently". */
  #assertNotDeletedRecently(name: string): void {
    for (const [deleted, at] of this.#deletedAt) {
      if (Date.now() - at < reuseIntervalMs) {
        break;
      }
      this.#deletedAt.delete(deleted);
    }
    if (this.#deletedAt.has(name)) {
      const message =
        'You must wait 60 seconds after deleting a queue before you can create another with the same name.';
      throw new sqs.QueueDeletedRecently({ message, $metadata: {} });
    }
  }

  /** A queue by its URL. @throws InvalidAddress, QueueDoesNotExist */
  byUrl(queueUrl: string | undefined): Queue {
    if (queueUrl === undefined) {
      throw missingParameter('QueueUrl');
    }
    const [, accountId, name] = queueUrlPattern.exec(queueUrl) ?? [];
    if (name === undefined) {
      throw new sqs.InvalidAddress({
        message: `The address ${queueUrl} is not valid for this endpoint.`,
        $metadata: {},
      });
    }
    return this.byName(name, accountId);
  }

  /** A queue by its URL; undefined where there is none. */
  findByUrl(queueUrl: string): Queue | undefined {
    const [, accountId = this.#region.accountId, name = ''] = queueUrlPattern.exec(queueUrl) ?? [];
    return accountId === this.#region.accountId ? this.#queues.get(name) : undefined;
  }

  /** A queue by its name. @throws QueueDoesNotExist */
  byName(name: string | undefined, accountId = this.#region.accountId): Queue {
    const queue = accountId === this.#region.accountId ? this.#queues.get(name ?? '') : undefined;
    if (!queue) {
      throw queueDoesNotExist();
    }
    return queue;
  }

  byArn(arn: string | undefined): Queue | undefined {
    const queue = this.#queues.get(arn?.split(':').at(-1) ?? '');
    return queue?.arn === arn ? queue : undefined;
  }

  /** The queues that have this one as their dead-letter queue. */
  sourcesOf(deadLetterQueue: Queue): Queue[] {
    return this.list().filter(({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === deadLetterQueue.arn);
  }

  /** Holds a queue's redrive policy against the dead-letter queue that it names. */
  checkRedrive(queue: Queue, { attributes, redrivePolicy, fifo }: QueueSettings): void {
    if (!redrivePolicy) {
      return;
    }
    const invalid = (reason: string) => invalidValue('RedrivePolicy', attributes.RedrivePolicy, reason);
    const target = this.byArn(redrivePolicy.deadLetterTargetArn);
    if (!target) {
      throw invalid('Dead letter target does not exist.');
    }
    if (target.settings.fifo !== fifo) {
      throw invalid('Dead-letter queue must be same type of queue as the source.');
    }
    if (!allowsSource(target.settings.redriveAllowPolicy, queue.arn)) {
      throw invalid(`Dead-letter queue does not allow the source queue ${queue.arn} by its RedriveAllowPolicy.`);
    }
  }

  close(): void {
    for (const queue of this.#queues.values()) {
      queue.close();
    }
  }
}

function checkName(name: string | undefined, fifo: boolean): asserts name is string {
  if (!name) {
    throw missingParameter('QueueName');
  }
  if (fifo && !fifoQueueName.test(name)) {
    throw invalidParameter(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length',
    );
  }
  if (!fifo && !queueName.test(name)) {
    throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
}
