import { gzipSync } from 'node:zlib';
import type * as lambda from '@aws-sdk/client-lambda';
import { reportUnforeseen } from '../../wire/failure.ts';
import { type Handlers, internalCall, type Region } from '../../wire/operation.ts';
import { pause } from '../../wire/pause.ts';
import { Turn } from '../../wire/turn.ts';
import { eventId } from './event-id.ts';
import type { LogEvent } from './event-sequence.ts';
import type { LogGroup } from './log-group.ts';
import { SubscriptionFeed } from './subscription-feed.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';

/** What subscription filters need of Lambda. */
export type LambdaOperations = Required<Pick<Handlers<typeof lambda>, 'Invoke'>>;

/** How long before each further attempt, in milliseconds. AWS goes on for 24 hours ("Log group-level subscription filters"). */
const retryDelays = [500, 1000, 2000, 4000, 8000, 16_000];

/**
 * Sends the events of log groups to the functions that subscribe to them, gathered by filter and log stream. A function that
 * is throttled, or an error of Lambda's own, is tried again; what fails for good is reported on stderr and lost.
 */
export class SubscriptionDelivery {
  readonly #region: Region;
  readonly #lambda: () => LambdaOperations;
  readonly #feeds = new Map<SubscriptionFilter, Map<string, SubscriptionFeed>>();
  readonly #closed = new AbortController();
  /** Resolves when all events so far are matched: one batch after the other, so that their order stays. */
  #matched = Promise.resolve();

  constructor(region: Region, lambda: () => LambdaOperations) {
    this.#region = region;
    this.#lambda = lambda;
  }

  /** Starts to deliver what a group has taken in from one stream. It does not wait, so that writing stays quick. */
  deliver(group: LogGroup, events: readonly LogEvent[]): void {
    const filters = [...group.subscriptionFilters.values()];
    if (filters.length === 0 || this.#closed.signal.aborted) {
      return;
    }
    this.#matched = this.#matched
      .then(() => this.#match(group, filters, events))
      .catch((error: unknown) => reportUnforeseen(`The subscription filters of ${group.name}`, error));
  }

  /** Asks whether the function is there and may be invoked. */
  async reach({ destinationArn }: SubscriptionFilter): Promise<void> {
    await this.#lambda().Invoke({ FunctionName: destinationArn, InvocationType: 'DryRun' }, internalCall());
  }

  /** Sends what is gathered, once. Resolves when nothing is being delivered any more. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#matched;
    const feeds = [...this.#feeds.values()].flatMap((byStream) => [...byStream.values()]);
    await Promise.all(feeds.map((feed) => feed.drain()));
  }

  /** Hands on what the filters want. Much text, or costly patterns, let others go first. */
  async #match(group: LogGroup, filters: readonly SubscriptionFilter[], events: readonly LogEvent[]): Promise<void> {
    const turn = new Turn();
    for (const filter of filters) {
      const wanted: LogEvent[] = [];
      for (const event of events) {
        if (turn.isOver) {
          await turn.pass();
        }
        if (filter.matches(event.message)) {
          wanted.push(event);
        }
      }
      const [first] = wanted;
      if (first) {
        this.#feedOf(group, filter, first.stream).add(wanted);
      }
    }
  }

  #feedOf(group: LogGroup, filter: SubscriptionFilter, stream: string): SubscriptionFeed {
    const byStream = this.#feeds.get(filter) ?? new Map<string, SubscriptionFeed>();
    this.#feeds.set(filter, byStream);
    const known = byStream.get(stream);
    if (known) {
      return known;
    }
    const emptied = () => {
      byStream.delete(stream);
      if (byStream.size === 0) {
        this.#feeds.delete(filter);
      }
    };
    const feed = new SubscriptionFeed((batch) => this.#send(group, filter, batch), emptied);
    byStream.set(stream, feed);
    return feed;
  }

  async #send(group: LogGroup, filter: SubscriptionFilter, batch: readonly LogEvent[]): Promise<void> {
    const Payload = this.#payload(group, filter, batch);
    for (const delay of [...retryDelays, undefined]) {
      try {
        await this.#lambda().Invoke(
          { FunctionName: filter.destinationArn, InvocationType: 'Event', Payload },
          internalCall(),
        );
        return;
      } catch (error) {
        const again = delay !== undefined && isRetryable(error as Error) && (await this.#paused(delay));
        if (again) {
          continue;
        }
        this.#giveUp(group, filter, error as Error);
        return;
      }
    }
  }

  /** Whether there is still a subscription to deliver for after a pause. */
  async #paused(delay: number): Promise<boolean> {
    const { signal } = this.#closed;
    await pause(delay, signal);
    return !signal.aborted;
  }

  #giveUp(group: LogGroup, filter: SubscriptionFilter, error: Error): void {
    const subscribed = group.subscriptionFilters.get(filter.name) === filter;
    // The last events of a stack that is deleted find their function gone, and are not needed.
    if (!subscribed || this.#closed.signal.aborted) {
      return;
    }
    console.error(`logs: subscription filter ${filter.name} of ${group.name} lost events: ${error.message}`);
  }

  #payload(group: LogGroup, filter: SubscriptionFilter, batch: readonly LogEvent[]): Uint8Array {
    const data = {
      messageType: 'DATA_MESSAGE',
      owner: this.#region.accountId,
      logGroup: group.name,
      logStream: batch[0]?.stream,
      subscriptionFilters: [filter.name],
      logEvents: batch.map((event) => ({ id: eventId(event), timestamp: event.timestamp, message: event.message })),
    };
    return Buffer.from(JSON.stringify({ awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } }));
  }
}

function isRetryable(error: Error & { readonly $fault?: unknown }): boolean {
  return error.name === 'TooManyRequestsException' || error.$fault === 'server';
}
