import { randomUUID } from 'node:crypto';
import type * as sqs from '@aws-sdk/client-sqs';
import type { QueuedMessage } from './queue/message.ts';
import type { Queue } from './queue/queue.ts';
import type { Queues } from './queue/queues.ts';

type Status = 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

export interface MoveTaskOptions {
  readonly source: Queue;
  /** Where all messages go; otherwise each goes back to the queue that it came from. */
  readonly destinationArn: string | undefined;
  /** Messages per second; without a limit all are moved at once. */
  readonly perSecond: number | undefined;
}

/**
 * A redrive: moves the messages of a dead-letter queue back to where they can be processed. A moved message is a new one, with an id, a
 * time and a retention period of its own. Source: Amazon SQS Developer Guide, "Learn how to configure a dead-letter queue redrive".
 */
export class MoveTask {
  readonly id = randomUUID();
  readonly #options: MoveTaskOptions;
  readonly #queues: Queues;
  readonly #startedAt = Date.now();
  readonly #toMove: number;
  #moved = 0;
  #status: Status = 'RUNNING';
  #failureReason: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: MoveTaskOptions, queues: Queues) {
    this.#options = options;
    this.#queues = queues;
    this.#toMove = options.source.counts.visible;
  }

  get status(): Status {
    return this.#status;
  }

  get moved(): number {
    return this.#moved;
  }

  /** Names the task and its source to CancelMessageMoveTask. */
  get handle(): string {
    const handle: TaskHandle = { taskId: this.id, sourceArn: this.#options.source.arn };
    return Buffer.from(JSON.stringify(handle)).toString('base64');
  }

  start(): void {
    this.#step();
    if (this.#status === 'RUNNING') {
      this.#timer = setInterval(() => this.#step(), 1000).unref();
    }
  }

  cancel(): void {
    this.#end('CANCELLED');
  }

  describe(): sqs.ListMessageMoveTasksResultEntry {
    const { source, destinationArn, perSecond } = this.#options;
    return {
      ...(this.#status === 'RUNNING' && { TaskHandle: this.handle }),
      Status: this.#status,
      SourceArn: source.arn,
      ...(destinationArn !== undefined && { DestinationArn: destinationArn }),
      ...(perSecond !== undefined && { MaxNumberOfMessagesPerSecond: perSecond }),
      ApproximateNumberOfMessagesMoved: this.#moved,
      ApproximateNumberOfMessagesToMove: this.#toMove,
      ...(this.#failureReason !== undefined && { FailureReason: this.#failureReason }),
      StartedTimestamp: this.#startedAt,
    };
  }

  /** Moves a second's share of what was there at the start. */
  #step(): void {
    const { source, perSecond = this.#toMove } = this.#options;
    if (this.#queues.byArn(source.arn) !== source) {
      this.#fail('AWS.SimpleQueueService.NonExistentQueue');
      return;
    }
    const share = Math.min(perSecond, this.#toMove - this.#moved);
    for (let i = 0; i < share; i++) {
      if (!source.offer((queued) => this.#move(queued))) {
        // Nothing is left, unless the task failed.
        this.#end('COMPLETED');
        return;
      }
    }
    if (this.#moved >= this.#toMove) {
      this.#end('COMPLETED');
    }
  }

  #move({ message, deadLetterSourceArn }: QueuedMessage): boolean {
    const { destinationArn = deadLetterSourceArn } = this.#options;
    const destination = this.#queues.byArn(destinationArn);
    if (!destination) {
      const unknown = destinationArn === undefined;
      this.#fail(unknown ? 'CouldNotDetermineMessageSource' : 'AWS.SimpleQueueService.NonExistentQueue');
      return false;
    }
    const anew = { ...message, id: randomUUID(), sentAt: Date.now() };
    destination.send([{ message: anew, delaySeconds: destination.settings.delaySeconds }]);
    this.#moved++;
    return true;
  }

  #fail(reason: string): void {
    this.#failureReason = reason;
    this.#end('FAILED');
  }

  #end(status: Status): void {
    if (this.#status !== 'RUNNING') {
      return;
    }
    this.#status = status;
    clearInterval(this.#timer);
  }
}

export interface TaskHandle {
  readonly taskId: string;
  readonly sourceArn: string;
}

/** Reads a task handle; undefined where it is none. */
export function parseTaskHandle(handle: string): TaskHandle | undefined {
  try {
    const { taskId, sourceArn } = JSON.parse(Buffer.from(handle, 'base64').toString()) as Partial<TaskHandle>;
    return typeof taskId === 'string' && typeof sourceArn === 'string' ? { taskId, sourceArn } : undefined;
  } catch {
    return undefined;
  }
}
