import { throttled } from '../errors.ts';
import type { Invocation, InvocationResult } from './runtime/invocation.ts';

/** An invocation that is taken by an environment, and how its caller is answered. */
export interface WaitingInvocation {
  readonly invocation: Invocation;
  /** When it came, in ms of `performance.now()`. */
  readonly since: number;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: unknown) => void;
}

interface Entry extends WaitingInvocation {
  patience?: NodeJS.Timeout;
}

/** The invocations of one version that wait for an environment, first come, first served. */
export class WaitingInvocations {
  readonly #patience: number;
  readonly #entries: Entry[] = [];

  /** @param patience milliseconds that an invocation waits for an environment before it is throttled */
  constructor(patience: number) {
    this.#patience = patience;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** When the first of them came. */
  get since(): number | undefined {
    return this.#entries[0]?.since;
  }

  /** Resolves with what came of the invocation. @throws TooManyRequestsException where none takes it in time */
  add(invocation: Invocation): Promise<InvocationResult> {
    return new Promise((resolve, reject) => {
      const entry: Entry = { invocation, since: performance.now(), resolve, reject };
      entry.patience = setTimeout(() => {
        this.#entries.splice(this.#entries.indexOf(entry), 1);
        reject(throttled('ConcurrentInvocationLimitExceeded'));
      }, this.#patience);
      this.#entries.push(entry);
    });
  }

  /** Takes the first of them out. */
  take(): WaitingInvocation | undefined {
    const entry = this.#entries.shift();
    clearTimeout(entry?.patience);
    return entry;
  }

  /** Puts one back that was taken: it is the first again, and is not throttled any more. */
  putBack(waiting: WaitingInvocation): void {
    const { invocation, since, resolve, reject } = waiting;
    this.#entries.unshift({ invocation, since, resolve, reject });
  }

  /** Throttles all of them. */
  throttleAll(): void {
    for (let waiting = this.take(); waiting; waiting = this.take()) {
      waiting.reject(throttled('ConcurrentInvocationLimitExceeded'));
    }
  }
}
