import type * as sqs from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { internalCall } from '../../../wire/operation.ts';
import { region } from '../sqs.fixture.ts';
import { createSqs } from '../sqs.ts';

const visibilitySeconds = 5;
const maxReceiveCountLimit = 2;

interface Send {
  readonly do: 'send';
  readonly delay: number;
  readonly group: number;
}
interface Receive {
  readonly do: 'receive';
  readonly limit: number;
  readonly wait: number;
}
interface Settle {
  readonly do: 'delete' | 'give back' | 'extend';
  readonly which: number;
}
interface Pass {
  readonly do: 'pass';
  readonly seconds: number;
}
type Step = Send | Receive | Settle | Pass;

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record<Send>({ do: fc.constant('send'), delay: fc.nat(12), group: fc.nat(2) }),
    fc.record<Receive>({ do: fc.constant('receive'), limit: fc.integer({ min: 1, max: 10 }), wait: fc.nat(5) }),
    fc.record<Settle>({ do: fc.constantFrom('delete', 'give back', 'extend'), which: fc.nat(30) }),
    fc.record<Pass>({ do: fc.constant('pass'), seconds: fc.nat(6) }),
  ),
  { maxLength: 80, size: 'max' },
);

/** A consumer's belief that a message is its own until a time. */
interface Hold {
  readonly id: string;
  readonly group: string | undefined;
  readonly handle: string;
  until: number;
}

/** Plays steps at a queue and holds what consumers see against what SQS promises. */
class Play {
  readonly #service = createSqs(region);
  readonly #fifo: boolean;
  readonly #source: string;
  readonly #dead: string;
  readonly #polls = new Set<Promise<unknown>>();
  readonly #violations: unknown[] = [];
  readonly sent = new Set<string>();
  readonly deleted = new Set<string>();
  /** By message: its latest receive. */
  readonly holds = new Map<string, Hold>();
  readonly #handles: Hold[] = [];

  constructor(fifo: boolean) {
    this.#fifo = fifo;
    const suffix = fifo ? '.fifo' : '';
    const Attributes = fifo ? { FifoQueue: 'true' } : {};
    const { operations } = this.#service;
    this.#dead = operations.CreateQueue({ QueueName: `dead${suffix}`, Attributes }).QueueUrl;
    const deadLetterTargetArn = `arn:aws:sqs:${region.name}:${region.accountId}:dead${suffix}`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: maxReceiveCountLimit });
    const own = { VisibilityTimeout: `${visibilitySeconds}`, RedrivePolicy, ...Attributes };
    this.#source = operations.CreateQueue({ QueueName: `orders${suffix}`, Attributes: own }).QueueUrl;
  }

  async step(step: Step): Promise<void> {
    if (step.do === 'send') {
      this.#send(step);
    } else if (step.do === 'receive') {
      this.#receive(step);
    } else if (step.do === 'pass') {
      await vi.advanceTimersByTimeAsync(step.seconds * 1000);
    } else {
      this.#settle(step);
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(this.#violations).toEqual([]);
  }

  #send({ delay, group }: Send): void {
    const ids = { MessageGroupId: `g${group}`, MessageDeduplicationId: `${this.sent.size}` };
    const more = this.#fifo ? ids : { DelaySeconds: delay };
    const input = { QueueUrl: this.#source, MessageBody: `${this.sent.size}`, ...more };
    this.sent.add(this.#service.operations.SendMessage(input, internalCall()).MessageId);
  }

  #receive({ limit, wait }: Receive): void {
    const input = { QueueUrl: this.#source, MaxNumberOfMessages: limit, WaitTimeSeconds: wait };
    const asked = { ...input, MessageSystemAttributeNames: ['All' as const] };
    const answer = Promise.resolve(this.#service.operations.ReceiveMessage(asked, internalCall()));
    const poll = answer
      .then(({ Messages = [] }) => this.#got(Messages))
      .catch((error: unknown) => this.#violations.push(error))
      .finally(() => this.#polls.delete(poll));
    this.#polls.add(poll);
  }

  #got(messages: readonly sqs.Message[]): void {
    const before = [...this.holds.values()].filter(({ until }) => until > Date.now());
    for (const { MessageId: id = '', ReceiptHandle: handle = '', Attributes = {} } of messages) {
      expect(this.deleted.has(id), 'a deleted message is not received').toBe(false);
      expect(Number(Attributes.ApproximateReceiveCount)).toBeLessThanOrEqual(maxReceiveCountLimit);
      // What was received before may come again while others of its group are held.
      const isNew = this.#fifo && Attributes.ApproximateReceiveCount === '1';
      const holder = before.find((hold) => hold.id === id || (isNew && hold.group === Attributes.MessageGroupId));
      expect(holder, 'a message, and what is new of a group, has one holder at a time').toBeUndefined();
      const hold = { id, handle, group: Attributes.MessageGroupId, until: Date.now() + visibilitySeconds * 1000 };
      this.holds.set(id, hold);
      this.#handles.push(hold);
    }
  }

  /** A consumer deletes, gives back or keeps what it received, by a handle that may be out of date. */
  #settle(step: Settle): void {
    const hold = this.#handles[step.which % this.#handles.length];
    if (!hold) {
      return;
    }
    const input = { QueueUrl: this.#source, ReceiptHandle: hold.handle };
    const seconds = step.do === 'extend' ? visibilitySeconds : 0;
    const current = this.holds.get(hold.id) === hold && !this.deleted.has(hold.id);
    try {
      if (step.do === 'delete') {
        this.#service.operations.DeleteMessage(input);
      } else {
        this.#service.operations.ChangeMessageVisibility({ ...input, VisibilityTimeout: seconds });
      }
    } catch (error) {
      const inTime = current && hold.until > Date.now();
      expect([inTime, error], 'who holds a message is not refused').toMatchObject([
        false,
        { name: 'InvalidParameterValueException' },
      ]);
      return;
    }
    // In a standard queue, an earlier handle changes the timeout of who holds the message now.
    const held = current || this.#fifo || step.do === 'delete' ? hold : this.holds.get(hold.id);
    if (!held || (held === hold && !current)) {
      return;
    }
    if (step.do === 'delete') {
      this.deleted.add(hold.id);
    }
    if (held.until > Date.now()) {
      held.until = step.do === 'delete' ? 0 : Date.now() + seconds * 1000;
    }
  }

  /** What is left in the source queue and in the dead-letter queue, once all is visible. */
  async drain(): Promise<[source: string[], dead: string[]]> {
    await vi.advanceTimersByTimeAsync(60_000);
    await Promise.all(this.#polls);
    expect(this.#violations).toEqual([]);
    return [await this.#empty(this.#source), await this.#empty(this.#dead)];
  }

  async #empty(QueueUrl: string): Promise<string[]> {
    const found: string[] = [];
    for (;;) {
      const input = { QueueUrl, MaxNumberOfMessages: 10 };
      const { Messages = [] } = await this.#service.operations.ReceiveMessage(input, internalCall());
      if (Messages.length === 0) {
        return found;
      }
      for (const { MessageId = '', ReceiptHandle } of Messages) {
        found.push(MessageId);
        this.#service.operations.DeleteMessage({ QueueUrl, ReceiptHandle });
      }
    }
  }

  close(): void {
    this.#service.close();
  }
}

test.each([{ fifo: false }, { fifo: true }])(
  'no message is lost, and none has two holders, whatever happens (fifo: $fifo)',
  async ({ fifo }) => {
    await fc.assert(
      fc.asyncProperty(steps, async (played) => {
        vi.useFakeTimers({ now: 0 });
        const play = new Play(fifo);
        try {
          for (const step of played) {
            await play.step(step);
          }
          const [source, dead] = await play.drain();
          expect(new Set([...source, ...dead]).size, 'nothing is there twice').toBe(source.length + dead.length);
          expect(
            source.filter((id) => play.deleted.has(id)),
            'what was deleted is gone',
          ).toEqual([]);
          // One that was in the dead-letter queue already could not be deleted by a handle of the source.
          expect(new Set([...source, ...dead, ...play.deleted])).toEqual(play.sent);
        } finally {
          play.close();
          vi.useRealTimers();
        }
      }),
      { numRuns: 300 },
    );
  },
);
