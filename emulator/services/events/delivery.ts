import type * as eventbridge from '@aws-sdk/client-eventbridge';
import type { Region } from '../../wire/operation.ts';
import { pause } from '../../wire/pause.ts';
import type { BusEvent } from './event.ts';
import { type SendingDeps, send } from './sending.ts';
import { destinationOf } from './target.ts';
import { type EventOrigin, inputFor } from './target-input.ts';

/** How often, and for how long, a delivery is tried again where a target does not say. */
const defaultRetries = 185;
const defaultAgeSeconds = 86_400;
/** The first wait, which doubles each time, and the longest. */
const firstWaitMs = 1000;
const longestWaitMs = 600_000;

interface Failure {
  readonly error: Error;
  readonly retries: number;
  /** Why it was given up although it could have been tried again. */
  readonly exhausted?: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
}

/**
 * Brings events to targets. What fails and may succeed later is tried again with growing waits; what is given up goes to
 * the target's dead-letter queue, or where it has none is reported on stderr and lost. See "Retry policy and using
 * dead-letter queues" of the EventBridge User Guide.
 */
export class Delivery {
  readonly #region: Region;
  readonly #deps: SendingDeps;
  readonly #underway = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(region: Region, deps: SendingDeps) {
    this.#region = region;
    this.#deps = deps;
  }

  /** Starts to deliver. It does not wait: an event is accepted when it is on the bus. */
  start(target: eventbridge.Target, event: BusEvent, origin: EventOrigin): void {
    if (this.#closing.signal.aborted) {
      return;
    }
    const delivery = this.#deliver(target, event, origin)
      .catch((error: Error) => {
        console.error(`events: rule ${origin.ruleName} did not reach ${target.Arn}: ${error.message}`);
      })
      .finally(() => this.#underway.delete(delivery));
    this.#underway.add(delivery);
  }

  /** Gives up what waits to be tried again. Resolves when nothing is underway any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#underway);
  }

  async #deliver(target: eventbridge.Target, event: BusEvent, origin: EventOrigin): Promise<void> {
    const message = {
      body: inputFor(target, event, origin),
      groupId: target.SqsParameters?.MessageGroupId,
      logStream: origin.ruleName,
    };
    const destination = destinationOf(target.Arn ?? '');
    const failure = await this.#attempts(target, () => send(this.#region, this.#deps, destination, message));
    if (!failure || this.#closing.signal.aborted) {
      return;
    }
    const deadLetterArn = target.DeadLetterConfig?.Arn;
    if (deadLetterArn === undefined) {
      throw failure.error;
    }
    await send(this.#region, this.#deps, destinationOf(deadLetterArn), {
      body: JSON.stringify(event),
      attributes: attributesOf(failure, target, origin),
      logStream: origin.ruleName,
    });
  }

  /** Tries until it succeeds, which answers undefined, or is given up. */
  async #attempts(
    { RetryPolicy = {} }: eventbridge.Target,
    attempt: () => Promise<void>,
  ): Promise<Failure | undefined> {
    const most = RetryPolicy.MaximumRetryAttempts ?? defaultRetries;
    const deadline = Date.now() + (RetryPolicy.MaximumEventAgeInSeconds ?? defaultAgeSeconds) * 1000;
    for (let retries = 0; ; retries++) {
      try {
        await attempt();
        return undefined;
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        const wait = Math.min(firstWaitMs * 2 ** retries, longestWaitMs);
        if (!isPassing(error)) {
          return { error, retries };
        }
        if (retries >= most) {
          return { error, retries, exhausted: 'MaximumRetryAttempts' };
        }
        if (Date.now() + wait > deadline) {
          return { error, retries, exhausted: 'MaximumEventAgeInSeconds' };
        }
        await pause(wait, this.#closing.signal);
        if (this.#closing.signal.aborted) {
          return { error, retries };
        }
      }
    }
  }
}

/** Whether the same call may succeed later: the service was at fault, or had too much to do. */
function isPassing(error: Error): boolean {
  if (/Throttl|TooManyRequests/.test(error.name)) {
    return true;
  }
  return '$fault' in error && error.$fault === 'server';
}

/** What a message in a dead-letter queue says of its failure. */
function attributesOf({ error, retries, exhausted }: Failure, target: eventbridge.Target, { ruleArn }: EventOrigin) {
  const texts = {
    RULE_ARN: ruleArn,
    TARGET_ARN: target.Arn,
    ERROR_CODE: error.name,
    ERROR_MESSAGE: error.message,
    ...(exhausted && { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
  // SQS takes no empty texts.
  const given = Object.entries(texts).filter(([, text]) => text);
  const attributes = given.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]);
  return {
    ...Object.fromEntries(attributes),
    RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(retries) },
  };
}
