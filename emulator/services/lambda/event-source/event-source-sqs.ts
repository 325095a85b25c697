import { randomUUID } from 'node:crypto';
import { setImmediate as othersServed } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import type { EventPattern } from '../../../wire/event-pattern/event-pattern.ts';
import { internalCall } from '../../../wire/operation.ts';
import { pause } from '../../../wire/pause.ts';
import type { Invoked } from '../invocation/invoker.ts';
import { queueUrlOf, type SqsOperations } from '../sqs-queue.ts';
import { longestChain } from '../trace.ts';
import type { EventSource } from './event-source.ts';
import { failuresOf, filterable, recordOf, type SqsRecord } from './sqs-event.ts';

export interface SqsEventSourceOptions {
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  /** Seconds to gather a batch for. */
  readonly batchingWindow: number;
  /** Batches that are processed at the same time. */
  readonly maxConcurrency: number;
  readonly reportsItemFailures: boolean;
  readonly filter: EventPattern;
  readonly sqs: SqsOperations;
  invoke(requestId: string, payload: Uint8Array, traceHeader?: string): Promise<Invoked>;
  /** Told how the last batch came out, in the words of LastProcessingResult. */
  processed(result: string): void;
}

/** SQS hands out this many messages at a time, and lets a long poll wait this many seconds. */
const receiveLimit = 10;
const longPollSeconds = 20;
/** The largest event, less what goes around the records. */
const payloadLimit = 6_291_456 - 64;
/** Without a maximum Lambda begins with 5 batches at a time. */
const initialConcurrency = 5;
/**
 * Milliseconds after which a batch that is not full is worth another beside it: what comes sooner goes into the next. On AWS
 * five pollers wait for messages; here each more is a process more, on the same few cores.
 */
const besideAfter = 100;
const firstDelay = 250;
const maxDelay = 10_000;

interface Batch {
  readonly url: string;
  readonly records: readonly SqsRecord[];
  readonly receivedAt: number;
}

/**
 * Polls a queue and invokes the function with what comes. What the function was done with is deleted; what failed comes
 * back when its visibility timeout ends, and the queue's own redrive policy sends it to the dead-letter queue.
 *
 * The number of batches at a time halves with every batch that fails and grows by one with every other, so that
 * a function in trouble is not run over. A batch that was throttled is tried again until its visibility timeout ends.
 */
export class SqsEventSource implements EventSource {
  readonly #options: SqsEventSourceOptions;
  readonly #stopped = new AbortController();
  #concurrency: number;
  #inFlight = 0;
  #placeFree: (() => void) | undefined;
  #failedPolls = 0;

  constructor(options: SqsEventSourceOptions) {
    this.#options = options;
    this.#concurrency = Math.min(initialConcurrency, options.maxConcurrency);
  }

  /** Polls until stopped. */
  async run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        const url = await queueUrlOf(this.#options.sqs, this.#options.queueArn);
        await this.#poll(url);
      } catch (error) {
        this.#options.processed(`PROBLEM: ${(error as Error).message}`);
        await pause(backOff(this.#failedPolls++), this.#stopped.signal);
      }
    }
  }

  /** Stops polling. Batches that are being processed still come to their end. */
  stop(): void {
    this.#stopped.abort();
    this.#placeFree?.();
  }

  async #poll(url: string): Promise<void> {
    let isFull = false;
    while (!this.#stopped.signal.aborted) {
      await this.#place(isFull ? 0 : besideAfter);
      const messages = await this.#gather(url);
      isFull = messages.length >= this.#options.batchSize;
      this.#failedPolls = 0;
      const receivedAt = Date.now();
      const records = messages.map((message) => recordOf(message, this.#options.queueArn, this.#options.region));
      const wanted = records.filter((record) => this.#options.filter(filterable(record)));
      if (wanted.length < records.length) {
        await this.#delete(
          url,
          records.filter((record) => !wanted.includes(record)),
        );
      }
      const batches = partsOf(wanted).map((part) => ({ url, records: part, receivedAt }));
      while (batches.length > 0) {
        this.#start(batches.splice(0, this.#isFifo ? batches.length : 1));
        if (batches.length > 0) {
          await this.#place(0);
        }
      }
    }
  }

  /** Resolves when another batch may be started: when one ended or, where there may be more at a time, after the delay in ms. */
  async #place(delay: number): Promise<void> {
    while (this.#inFlight > 0 && !this.#stopped.signal.aborted) {
      const mayGrow = this.#inFlight < this.#concurrency;
      await this.#nextEnd(mayGrow ? delay : undefined);
      if (this.#inFlight < this.#concurrency) {
        return;
      }
    }
  }

  /** Resolves when a batch ends, and after the limit in ms anyway. */
  #nextEnd(limit: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = limit === undefined ? undefined : setTimeout(resolve, limit);
      this.#placeFree = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Receives messages: what is there, or, with a batching window, until it ends or the batch is full. */
  async #gather(url: string): Promise<Message[]> {
    const { batchSize, batchingWindow } = this.#options;
    const messages = await this.#receive(url, batchSize, this.#stopped.signal);
    if (messages.length === 0 || batchingWindow === 0) {
      return messages;
    }
    const windowEnd = new AbortController();
    const timer = setTimeout(() => windowEnd.abort(), batchingWindow * 1000);
    const signal = AbortSignal.any([this.#stopped.signal, windowEnd.signal]);
    while (messages.length < batchSize && !signal.aborted && sizeOf(messages) < payloadLimit / 2) {
      messages.push(...(await this.#receive(url, batchSize - messages.length, signal)));
    }
    clearTimeout(timer);
    return messages;
  }

  async #receive(QueueUrl: string, most: number, signal: AbortSignal): Promise<Message[]> {
    const input = {
      QueueUrl,
      MaxNumberOfMessages: Math.min(receiveLimit, most),
      WaitTimeSeconds: longPollSeconds,
      MessageSystemAttributeNames: ['All' as const],
      MessageAttributeNames: ['All'],
    };
    try {
      const { Messages = [] } = await this.#options.sqs.ReceiveMessage(input, internalCall(signal));
      // The queue answers within this process: where messages are always there, no other request and no timer would have a turn.
      await othersServed();
      return [...Messages];
    } catch (error) {
      if (signal.aborted) {
        return [];
      }
      throw error;
    }
  }

  get #isFifo(): boolean {
    return this.#options.queueArn.endsWith('.fifo');
  }

  /** Processes batches one after the other, as those of a FIFO queue must be. After one that fails the others come back too. */
  #start(batches: readonly Batch[]): void {
    this.#inFlight++;
    this.#processAll(batches)
      .then(
        (succeeded) => this.#adapt(succeeded),
        (error: Error) => {
          this.#options.processed(`PROBLEM: ${error.message}`);
          this.#adapt(false);
        },
      )
      .finally(() => {
        this.#inFlight--;
        this.#placeFree?.();
      });
  }

  #adapt(succeeded: boolean): void {
    this.#concurrency = succeeded
      ? Math.min(this.#options.maxConcurrency, this.#concurrency + 1)
      : Math.max(1, Math.floor(this.#concurrency / 2));
  }

  async #processAll(batches: readonly Batch[]): Promise<boolean> {
    for (const batch of batches) {
      if (!(await this.#process(batch))) {
        return false;
      }
    }
    return true;
  }

  async #process(batch: Batch): Promise<boolean> {
    const payload = Buffer.from(JSON.stringify({ Records: batch.records }));
    const invoked = await this.#invoke(batch, payload);
    const ids = new Set(batch.records.map(({ messageId }) => messageId));
    const failed = invoked && !invoked.functionError ? this.#failed(invoked.payload, ids) : undefined;
    if (!failed) {
      this.#options.processed('PROBLEM: Function call failed');
      return false;
    }
    await this.#delete(
      batch.url,
      batch.records.filter(({ messageId }) => !failed.has(messageId)),
    );
    this.#options.processed('OK');
    return true;
  }

  #failed(payload: Uint8Array, ids: ReadonlySet<string>): ReadonlySet<string> | undefined {
    return this.#options.reportsItemFailures ? failuresOf(payload, ids) : new Set();
  }

  /** Invokes, again and again while the function is throttled; undefined when the messages have become visible again. */
  async #invoke(batch: Batch, payload: Buffer): Promise<Invoked | undefined> {
    const traceHeader = longestChain(batch.records.map(({ attributes }) => attributes['AWSTraceHeader']));
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#options.invoke(randomUUID(), payload, traceHeader);
      } catch (error) {
        if ((error as Error).name !== 'TooManyRequestsException') {
          throw error;
        }
        this.#adapt(false);
        const delay = backOff(attempt);
        const visibleAt = batch.receivedAt + (await this.#visibilityTimeout(batch.url));
        if (this.#stopped.signal.aborted || Date.now() + delay >= visibleAt) {
          return undefined;
        }
        await pause(delay, this.#stopped.signal);
      }
    }
  }

  async #visibilityTimeout(QueueUrl: string): Promise<number> {
    const input = { QueueUrl, AttributeNames: ['VisibilityTimeout' as const] };
    const { Attributes } = await this.#options.sqs.GetQueueAttributes(input, internalCall());
    return Number(Attributes?.VisibilityTimeout ?? 0) * 1000;
  }

  async #delete(QueueUrl: string, records: readonly SqsRecord[]): Promise<void> {
    for (let i = 0; i < records.length; i += receiveLimit) {
      const Entries = records
        .slice(i, i + receiveLimit)
        .map(({ receiptHandle }, n) => ({ Id: String(n), ReceiptHandle: receiptHandle }));
      await this.#options.sqs.DeleteMessageBatch({ QueueUrl, Entries }, internalCall());
    }
  }
}

const backOff = (attempt: number): number => Math.min(maxDelay, firstDelay * 2 ** attempt);

const sizeOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, { Body = '' }) => sum + Buffer.byteLength(Body), 0);

/** Records that go into one event each time: their order is kept. */
function partsOf(records: readonly SqsRecord[]): SqsRecord[][] {
  const parts: SqsRecord[][] = [];
  let size = payloadLimit;
  for (const record of records) {
    const recordSize = Buffer.byteLength(JSON.stringify(record)) + 1;
    size += recordSize;
    if (size > payloadLimit) {
      parts.push([]);
      size = recordSize;
    }
    parts.at(-1)?.push(record);
  }
  return parts;
}
