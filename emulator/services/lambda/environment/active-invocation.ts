import type { Outcome } from './outcome.ts';
import { EnvironmentGone, type Invocation, type InvocationResult } from './runtime/invocation.ts';

/** How long an answer waits for the end of its output, in ms: it comes, unless a function broke its own stdout. */
const outputPatience = 1000;

export type TimedOutcome = Outcome & { readonly durationMs: number };

/**
 * The invocation that an environment was given, until it is answered. Its outcome and the end of its output come by different
 * ways; it is complete when both have come.
 */
export class ActiveInvocation {
  readonly invocation: Invocation;
  /** Rejects with {@link EnvironmentGone} where the environment ended before it took the invocation. */
  readonly result: Promise<InvocationResult>;
  readonly #answer = Promise.withResolvers<InvocationResult>();
  #startedAt: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #outcome: TimedOutcome | undefined;
  #outputRead = false;

  constructor(invocation: Invocation) {
    this.invocation = invocation;
    this.result = this.#answer.promise;
  }

  get started(): boolean {
    return this.#startedAt !== undefined;
  }

  get settled(): boolean {
    return this.#outcome !== undefined;
  }

  /** The environment takes it, and has so long for it. */
  start(timeoutMs: number, timedOut: () => void): void {
    this.#startedAt = performance.now();
    this.#timer = setTimeout(timedOut, timeoutMs);
  }

  /** Takes the first outcome; others come too late. `outputLate` is called where the end of the output does not follow. */
  settle(outcome: Outcome, outputLate: () => void): void {
    if (this.#outcome || this.#startedAt === undefined) {
      return;
    }
    this.#outcome = { ...outcome, durationMs: performance.now() - this.#startedAt };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(outputLate, outputPatience);
  }

  outputEnded(): void {
    this.#outputRead = true;
  }

  /** Its outcome, once its output has been read as well. */
  get complete(): TimedOutcome | undefined {
    return this.#outputRead ? this.#outcome : undefined;
  }

  answer(result: InvocationResult): void {
    clearTimeout(this.#timer);
    this.#answer.resolve(result);
  }

  /** It may be given to another environment. */
  giveBack(): void {
    clearTimeout(this.#timer);
    this.#answer.reject(new EnvironmentGone());
  }
}
