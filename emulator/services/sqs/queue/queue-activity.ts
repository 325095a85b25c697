import type { RegionActivity } from '../../../wire/activity/activity.ts';
import type { MessageActivity, MessageCounts } from '../../../wire/activity/event.ts';
import type { QueuedMessage } from './message.ts';

type ReasonOf<Type> = Extract<MessageActivity, { type: Type; reason: unknown }>['reason'];

/** Tells what becomes of a queue's messages, after it has come to pass. */
export class QueueActivity {
  readonly #activity: RegionActivity | undefined;
  readonly #queue: { readonly name: string; readonly url: string };
  readonly #counts: MessageCounts;

  /** @param counts the queue's own, which go on changing */
  constructor(
    activity: RegionActivity | undefined,
    queue: { readonly name: string; readonly url: string },
    counts: MessageCounts,
  ) {
    this.#activity = activity;
    this.#queue = queue;
    this.#counts = counts;
  }

  sent(queued: QueuedMessage): void {
    if (this.#activity?.isRead) {
      this.#activity.publish({ type: 'message.sent', ...this.#of(queued) });
    }
  }

  /** A message that the fault port has delivered twice is visible again at once. */
  received(queued: QueuedMessage): void {
    if (!this.#activity?.isRead) {
      return;
    }
    const { receiveCount, duplicated, message } = queued;
    this.#activity.publish({ type: 'message.received', ...this.#of(queued), receiveCount });
    if (duplicated) {
      const { url: queueUrl } = this.#queue;
      this.#activity.publish({
        type: 'fault.applied',
        fault: { kind: 'deliver-twice', queueUrl, messageId: message.id },
      });
      this.returned(queued, 'deliveredTwice');
    } else if (queued.state === 'visible') {
      // Its consumer asked for a visibility timeout of 0.
      this.returned(queued, 'timeoutEnded');
    }
  }

  returned(queued: QueuedMessage, reason: ReasonOf<'message.returned'>): void {
    if (this.#activity?.isRead) {
      this.#activity.publish({ type: 'message.returned', ...this.#of(queued), reason });
    }
  }

  deadLettered(queued: QueuedMessage, deadLetterQueue: string, counts: MessageCounts): void {
    if (this.#activity?.isRead) {
      this.#activity.publish({
        type: 'message.deadLettered',
        ...this.#of(queued),
        deadLetterQueue,
        deadLetterCounts: { ...counts },
      });
    }
  }

  deleted(queued: QueuedMessage, reason: ReasonOf<'message.deleted'>): void {
    if (this.#activity?.isRead) {
      this.#activity.publish({ type: 'message.deleted', ...this.#of(queued), reason });
    }
  }

  purged(messages: number): void {
    if (this.#activity?.isRead) {
      this.#activity.publish({ type: 'queue.purged', queue: this.#queue.name, messages });
    }
  }

  #of({ message }: QueuedMessage) {
    return { queue: this.#queue.name, messageId: message.id, counts: { ...this.#counts } };
  }
}
