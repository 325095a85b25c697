import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import { type Handlers, internalCall } from '../../../../wire/operation.ts';

/** What Lambda needs of CloudWatch Logs. */
export type LogsOperations = Required<
  Pick<Handlers<typeof logs>, 'CreateLogGroup' | 'CreateLogStream' | 'PutLogEvents'>
>;

/** The most that one PutLogEvents takes, in events and in bytes; each event counts 26 bytes more than its message. */
const batchEvents = 10_000;
const batchBytes = 1_048_576;
const eventOverhead = 26;

interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** The log stream of one environment. Events are forwarded in batches, in their order; the group is made when missing. */
export class LogStream {
  readonly #logs: LogsOperations;
  readonly #group: string;
  readonly #name: string;
  #created = false;
  #pending: LogEvent[] = [];
  #forwarding: Promise<void> | undefined;

  constructor(logs: LogsOperations, group: string, name: string) {
    this.#logs = logs;
    this.#group = group;
    this.#name = name;
  }

  get name(): string {
    return this.#name;
  }

  /** Adds one event. CloudWatch Logs has it before the next request that reaches the endpoint. */
  put(message: string): void {
    this.#pending.push({ timestamp: Date.now(), message });
    this.#forwarding ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#forward())
      .catch((error: unknown) => console.error(`lambda: log events for ${this.#group} were lost:`, error))
      .finally(() => {
        this.#forwarding = undefined;
      });
  }

  /** Resolves when all that was put has arrived. */
  async drained(): Promise<void> {
    while (this.#forwarding) {
      await this.#forwarding;
    }
  }

  async #forward(): Promise<void> {
    while (this.#pending.length > 0) {
      const logEvents = this.#takeBatch();
      if (!this.#created) {
        await this.#create();
      }
      // A client may delete the group or the stream at any time: once more, and what is said into that goes with it.
      if (await this.#put(logEvents)) {
        continue;
      }
      await this.#create();
      await this.#put(logEvents);
    }
  }

  /** Whether there was a stream to put them in. */
  async #put(logEvents: LogEvent[]): Promise<boolean> {
    const target = { logGroupName: this.#group, logStreamName: this.#name };
    try {
      await this.#logs.PutLogEvents({ ...target, logEvents }, internalCall());
      return true;
    } catch (error) {
      if ((error as Error).name === 'ResourceNotFoundException') {
        return false;
      }
      throw error;
    }
  }

  async #create(): Promise<void> {
    const logGroupName = this.#group;
    await made(() => this.#logs.CreateLogGroup({ logGroupName }, internalCall()));
    await made(() => this.#logs.CreateLogStream({ logGroupName, logStreamName: this.#name }, internalCall()));
    this.#created = true;
  }

  #takeBatch(): LogEvent[] {
    let bytes = 0;
    const fitting = this.#pending.findIndex(({ message }, i) => {
      bytes += Buffer.byteLength(message) + eventOverhead;
      return i > 0 && (i >= batchEvents || bytes > batchBytes);
    });
    return this.#pending.splice(0, fitting === -1 ? this.#pending.length : fitting);
  }
}

async function made(create: () => unknown): Promise<void> {
  try {
    await create();
  } catch (error) {
    if ((error as Error).name !== 'ResourceAlreadyExistsException') {
      throw error;
    }
  }
}
