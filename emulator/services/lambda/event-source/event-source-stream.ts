import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as othersServed } from 'node:timers/promises';
import type { EventPattern } from '../../../wire/event-pattern/event-pattern.ts';
import { pause } from '../../../wire/pause.ts';
import type { RecordStream, StreamRecord } from '../../../wire/record-stream.ts';
import type { Invoked } from '../invocation/invoker.ts';
import type { EventSource } from './event-source.ts';
import { StreamBatch } from './stream-batch.ts';
import { firstFailureOf, streamFailureRecord } from './stream-event.ts';
import type { StreamSettings } from './stream-settings.ts';

export interface StreamEventSourceOptions {
  readonly stream: RecordStream;
  /** Where the reader goes on, which it moves: the number of records that are done with. */
  readonly place: { value: number };
  /** Which of the partitions are read, of as many shares as there are. */
  readonly share: { readonly index: number; readonly of: number };
  readonly settings: StreamSettings;
  readonly batchSize: number;
  /** Seconds to gather a batch for. */
  readonly batchingWindow: number;
  readonly reportsItemFailures: boolean;
  readonly filter: EventPattern;
  readonly functionArn: string;
  invoke(requestId: string, payload: Uint8Array): Promise<Invoked>;
  /** Sends a record of what was given up to the destination on failure. */
  discard(record: string): Promise<void>;
  /** Told how the last batch came out, in the words of LastProcessingResult. */
  processed(result: string): void;
}

/** Records that are looked through at a time. */
const readLimit = 1000;
const firstDelayMs = 100;
const maxDelayMs = 60_000;

type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** A batch that is tried, and how often it has been. */
interface Attempted {
  readonly records: readonly StreamRecord[];
  readonly retries: number;
}

/**
 * Reads a stream and invokes the function with its records, batch after batch: none is begun before the last is done with. A batch that
 * fails is tried again until it succeeds, or is too old, or was tried too often. Source: Lambda Developer Guide, "Using AWS Lambda with
 * Amazon DynamoDB", "Retain discarded records for a DynamoDB event source", "Configuring partial batch response with DynamoDB".
 */
export class StreamEventSource implements EventSource {
  readonly #options: StreamEventSourceOptions;
  readonly #stopped = new AbortController();

  constructor(options: StreamEventSourceOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { stream, place } = this.#options;
    while (!this.#stopped.signal.aborted) {
      await stream.arrival(place.value, this.#stopped.signal);
      const { records, next } = await this.#gather();
      // A batch that was done with as the source was stopped is done with all the same.
      const isDone = records.length > 0 ? await this.#process({ records, retries: 0 }) : !this.#stopped.signal.aborted;
      if (isDone) {
        place.value = next;
      }
      // Records are read within this process: where there are always more, no other request would have a turn.
      await othersServed();
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** What is there, or, with a batching window, what comes until it ends or the batch is full. */
  async #gather(): Promise<{ records: readonly StreamRecord[]; next: number }> {
    const { batchSize, batchingWindow, place } = this.#options;
    const batch = new StreamBatch(batchSize);
    const windowEnd = new AbortController();
    const timer = setTimeout(() => windowEnd.abort(), batchingWindow * 1000);
    const signal = AbortSignal.any([this.#stopped.signal, windowEnd.signal]);
    const next = await this.#fill(batch, place.value, batchingWindow === 0 ? AbortSignal.abort() : signal);
    clearTimeout(timer);
    return { records: batch.records, next };
  }

  /** Fills a batch with what comes until the signal, at least with what is there. Returns the place after it. */
  async #fill(batch: StreamBatch, from: number, signal: AbortSignal): Promise<number> {
    const { stream } = this.#options;
    for (let place = from; ; ) {
      const { records, next } = stream.read(place, readLimit);
      place = next - records.length;
      for (const record of records) {
        if (this.#wants(record) && !batch.add(record)) {
          return place;
        }
        place++;
      }
      if (records.length === readLimit) {
        await othersServed();
      } else if (signal.aborted || batch.isFull) {
        return place;
      } else {
        await stream.arrival(place, signal);
      }
    }
  }

  #wants(record: StreamRecord): boolean {
    const { share, filter } = this.#options;
    return shareOf(record.partition, share.of) === share.index && filter(record.event);
  }

  /** Brings a batch to its end, processed or given up. Returns whether it came there before the source was stopped. */
  async #process(batch: Attempted): Promise<boolean> {
    let { records, retries } = batch;
    for (let throttles = 0; !this.#stopped.signal.aborted; ) {
      const fresh = this.#withoutOld(records);
      if (fresh.length < records.length) {
        await this.#giveUp(records.slice(0, records.length - fresh.length), 'RecordAgeExceeded', retries, undefined);
        records = fresh;
      }
      if (records.length === 0) {
        return true;
      }
      const { invoked, failedAt } = await this.#attempt(records);
      if (!invoked) {
        await pause(backOff(throttles++), this.#stopped.signal);
        continue;
      }
      if (failedAt === undefined) {
        this.#options.processed('OK');
        return true;
      }
      this.#options.processed('PROBLEM: Function call failed');
      const { bisectsOnError, maxRetries } = this.#options.settings;
      if (failedAt > 0) {
        // What came before the checkpoint was a success: what is left begins anew.
        records = records.slice(failedAt);
        retries = 0;
      } else if (bisectsOnError && records.length > 1) {
        // Splitting does not count as a retry.
        const middle = Math.ceil(records.length / 2);
        await this.#process({ records: records.slice(0, middle), retries });
        records = records.slice(middle);
        continue;
      } else if (maxRetries >= 0 && retries >= maxRetries) {
        await this.#giveUp(records, 'RetryAttemptsExhausted', retries + 1, invoked);
        return true;
      } else {
        retries++;
      }
      await pause(backOff(retries), this.#stopped.signal);
    }
    return false;
  }

  /** Invokes once. `failedAt` is the first record that failed; what `invoked` is missing of was throttled, or its function is gone. */
  async #attempt(records: readonly StreamRecord[]): Promise<{ invoked?: Invoked; failedAt?: number | undefined }> {
    const { stream, reportsItemFailures } = this.#options;
    const Records = records.map(({ event }) => ({ ...event, eventSourceARN: stream.arn }));
    try {
      const invoked = await this.#options.invoke(randomUUID(), Buffer.from(JSON.stringify({ Records })));
      if (invoked.functionError) {
        return { invoked, failedAt: 0 };
      }
      return { invoked, failedAt: reportsItemFailures ? firstFailureOf(invoked.payload, records) : undefined };
    } catch (error) {
      this.#options.processed(`PROBLEM: ${(error as Error).message}`);
      return {};
    }
  }

  #withoutOld(records: readonly StreamRecord[]): readonly StreamRecord[] {
    const { maxRecordAge } = this.#options.settings;
    if (maxRecordAge < 0) {
      return records;
    }
    const since = Date.now() - maxRecordAge * 1000;
    const first = records.findIndex(({ time }) => time >= since);
    return first < 0 ? [] : records.slice(first);
  }

  async #giveUp(
    records: readonly StreamRecord[],
    condition: Condition,
    approximateInvokeCount: number,
    invoked: Invoked | undefined,
  ): Promise<void> {
    const { stream, functionArn } = this.#options;
    await this.#options
      .discard(streamFailureRecord(records, { stream, functionArn, condition, approximateInvokeCount }, invoked))
      .catch((error: Error) => {
        this.#options.processed(`PROBLEM: ${error.message}`);
        console.error(`lambda: a batch of ${stream.arn} was dropped: ${error.message}`);
      });
  }
}

const backOff = (attempt: number): number => Math.min(maxDelayMs, firstDelayMs * 2 ** attempt);

function shareOf(partition: string, shares: number): number {
  return shares === 1 ? 0 : createHash('md5').update(partition).digest().readUInt32BE() % shares;
}
