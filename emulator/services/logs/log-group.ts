import * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Tags } from '../../wire/tags.ts';
import { constraintViolated, streamNotFound } from './errors.ts';
import { EventSequence, type LogEvent } from './event-sequence.ts';
import { LogStream } from './log-stream.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';

const dayMs = 86_400_000;
/** What an event weighs beside its message, in bytes: AWS's own count. */
export const eventOverhead = 26;
/** The most that a group keeps, in bytes and in events. AWS knows no such limits; memory does. */
export const groupBytes = 32 * 1024 * 1024;
export const groupEvents = 100_000;

/**
 * A log group: streams, and the events of all of them in one order. Events past the group's retention are dropped when
 * the group is next read; past {@link groupBytes} or {@link groupEvents} the oldest are dropped at once.
 */
export class LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly created = Date.now();
  readonly logGroupClass: logs.LogGroupClass;
  readonly kmsKeyId: string | undefined;
  tags: Tags;
  readonly subscriptionFilters = new Map<string, SubscriptionFilter>();
  deletionProtected: boolean;
  retentionInDays: number | undefined;
  readonly #streams = new Map<string, LogStream>();
  readonly #events = new EventSequence();
  #bytes = 0;
  #arrivals = 0;

  constructor(arn: string, request: logs.CreateLogGroupRequest) {
    this.name = request.logGroupName ?? '';
    this.arn = arn;
    this.logGroupClass = request.logGroupClass ?? 'STANDARD';
    this.kmsKeyId = request.kmsKeyId;
    this.deletionProtected = request.deletionProtectionEnabled ?? false;
    this.tags = new Map(Object.entries(request.tags ?? {}));
  }

  /** What is kept, in bytes. */
  get storedBytes(): number {
    this.#expire();
    return this.#bytes;
  }

  /** The events of all streams. */
  get events(): EventSequence {
    this.#expire();
    return this.#events;
  }

  /** All streams in the order they were made. */
  get streams(): LogStream[] {
    this.#expire();
    return [...this.#streams.values()];
  }

  /** @throws ResourceNotFoundException */
  stream(name: string): LogStream {
    this.#expire();
    const found = this.#streams.get(name);
    if (!found) {
      throw streamNotFound();
    }
    return found;
  }

  /** @throws ResourceAlreadyExistsException, InvalidParameterException */
  createStream(name: string): void {
    if (!/^[^:*]{1,512}$/.test(name)) {
      throw constraintViolated('logStreamName', name, 'Member must satisfy regular expression pattern: [^:*]*');
    }
    if (this.#streams.has(name)) {
      const message = 'The specified log stream already exists';
      throw new logs.ResourceAlreadyExistsException({ message, $metadata: {} });
    }
    this.#streams.set(name, new LogStream(name));
  }

  /** @throws ResourceNotFoundException */
  deleteStream(name: string): void {
    const { events } = this.stream(name);
    for (const event of events.slice(0, events.length)) {
      this.#bytes -= weight(event);
    }
    this.#events.removeStream(name);
    this.#streams.delete(name);
  }

  /** Adds events that happened in this order. Answers them as they are kept. */
  add(stream: LogStream, added: readonly { readonly timestamp: number; readonly message: string }[]): LogEvent[] {
    const ingestionTime = Date.now();
    stream.lastIngestion = ingestionTime;
    const kept = added.map(({ timestamp, message }) => {
      const event = { timestamp, ingestionTime, message, stream: stream.name, arrival: this.#arrivals++ };
      this.#bytes += weight(event);
      return event;
    });
    this.#events.addAll(kept);
    stream.events.addAll(kept);
    while (this.#bytes > groupBytes || this.#events.length > groupEvents) {
      this.#dropFirst();
    }
    return kept;
  }

  #expire(): void {
    if (this.retentionInDays === undefined) {
      return;
    }
    const oldest = Date.now() - this.retentionInDays * dayMs;
    while (this.#events.first && this.#events.first.timestamp < oldest) {
      this.#dropFirst();
    }
  }

  /** The first event of the group is the first of its stream too, as both are in the same order. */
  #dropFirst(): void {
    const { first } = this.#events;
    if (!first) {
      return;
    }
    this.#events.dropFirst();
    this.#streams.get(first.stream)?.events.dropFirst();
    this.#bytes -= weight(first);
  }
}

/** What an event counts, in bytes. */
export function weight({ message }: { readonly message: string }): number {
  return Buffer.byteLength(message) + eventOverhead;
}
