import { gzipSync } from 'node:zlib';
import type * as lambda from '@aws-sdk/client-lambda';
import { type Handlers, internalCall, type Region } from '../../wire/operation.ts';
import { eventId } from './event-id.ts';
import type { LogEvent } from './event-sequence.ts';
import { type LogGroup, weight } from './log-group.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';

/** What subscription filters need of Lambda. */
export type LambdaTable = Required<Pick<Handlers<typeof lambda>, 'Invoke'>>;

/** Messages that go out in one invocation, in bytes: zipped and in base64 they fit an asynchronous invocation's 1 MB. */
const BATCH_BYTES = 512 * 1024;

/**
 * Sends the events of log groups to the functions that subscribe to them, batch by batch as they arrive. What a function
 * cannot be handed is reported on stderr and lost; AWS tries again for up to a day.
 */
export class SubscriptionDelivery {
  readonly #region: Region;
  readonly #lambda: () => LambdaTable;
  readonly #underway = new Set<Promise<void>>();
  #closed = false;

  constructor(region: Region, lambda: () => LambdaTable) {
    this.#region = region;
    this.#lambda = lambda;
  }

  /** Starts to deliver what a group has taken in from one stream. It does not wait, so that writing stays quick. */
  deliver(group: LogGroup, events: readonly LogEvent[]): void {
    if (this.#closed) return;
    for (const filter of group.subscriptionFilters.values()) {
      const wanted = events.filter(({ message }) => filter.matches(message));
      for (const batch of batchesOf(wanted)) this.#start(group, filter, batch);
    }
  }

  /** Asks whether the function is there and may be invoked. */
  async reach({ destinationArn }: SubscriptionFilter): Promise<void> {
    await this.#lambda().Invoke({ FunctionName: destinationArn, InvocationType: 'DryRun' }, internalCall());
  }

  /** Resolves when nothing is being delivered any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#underway);
  }

  #start(group: LogGroup, filter: SubscriptionFilter, batch: readonly LogEvent[]): void {
    const delivery = this.#invoke(group, filter, batch)
      .catch((error: Error) => {
        console.error(`logs: subscription filter ${filter.name} of ${group.name} lost events: ${error.message}`);
      })
      .finally(() => this.#underway.delete(delivery));
    this.#underway.add(delivery);
  }

  async #invoke(group: LogGroup, filter: SubscriptionFilter, batch: readonly LogEvent[]): Promise<void> {
    const data = {
      messageType: 'DATA_MESSAGE',
      owner: this.#region.accountId,
      logGroup: group.name,
      logStream: batch[0]?.stream,
      subscriptionFilters: [filter.name],
      logEvents: batch.map((event) => ({ id: eventId(event), timestamp: event.timestamp, message: event.message })),
    };
    const event = { awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } };
    const Payload = Buffer.from(JSON.stringify(event));
    const request = { FunctionName: filter.destinationArn, InvocationType: 'Event', Payload } as const;
    await this.#lambda().Invoke(request, internalCall());
  }
}

function batchesOf(events: readonly LogEvent[]): LogEvent[][] {
  const batches: LogEvent[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of events) {
    bytes += weight(event);
    if (bytes > BATCH_BYTES) {
      batches.push([]);
      bytes = weight(event);
    }
    batches.at(-1)?.push(event);
  }
  return batches;
}
