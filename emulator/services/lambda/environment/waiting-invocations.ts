import { throttled } from '../errors.ts';
import type { Invocation, InvocationResult } from './runtime/invocation.ts';

export interface WaitingOptions {
  /** Milliseconds that an invocation waits for an environment before it is throttled. */
  readonly patience: number;
  /** Milliseconds that an asynchronous invocation waits for one of the environments there are before it has another started. */
  readonly asyncStartDelay: number;
}

/** An invocation that is taken by an environment, and how its caller is answered. */
export interface WaitingInvocation {
  readonly invocation: Invocation;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: unknown) => void;
}

interface Entry extends WaitingInvocation {
  /** Whether another environment is to be started for it. */
  wantsStart: boolean;
  patience?: NodeJS.Timeout;
  startDelay?: NodeJS.Timeout;
}

/**
 * The invocations of one version that wait for an environment, first come, first served. Each wants another environment
 * started for it: at once, but for an asynchronous one, for which nothing waits. Some events that come together and take
 * milliseconds each are worth no processes of their own; those that take long are.
 */
export class WaitingInvocations {
  readonly #options: WaitingOptions;
  readonly #canStart: () => boolean;
  readonly #start: () => void;
  #entries: Entry[] = [];

  /**
   * @param canStart whether it can be known that the environments there are do not suffice: not while the first is starting
   * @param start is called when another invocation wants an environment started
   */
  constructor(options: WaitingOptions, canStart: () => boolean, start: () => void) {
    this.#options = options;
    this.#canStart = canStart;
    this.#start = start;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** How many of them want an environment started. */
  get startsWanted(): number {
    return this.#entries.filter(({ wantsStart }) => wantsStart).length;
  }

  /** Resolves with what came of the invocation. @throws TooManyRequestsException where none takes it in time */
  add(invocation: Invocation): Promise<InvocationResult> {
    return new Promise((resolve, reject) => {
      const entry: Entry = { invocation, resolve, reject, wantsStart: !invocation.isAsynchronous };
      entry.patience = setTimeout(() => {
        this.#entries = this.#entries.filter((other) => other !== entry);
        stopTimers(entry);
        reject(throttled('ConcurrentInvocationLimitExceeded'));
      }, this.#options.patience);
      if (invocation.isAsynchronous) {
        this.#startLater(entry);
      }
      this.#entries.push(entry);
    });
  }

  /** Takes the first of them out. */
  take(): WaitingInvocation | undefined {
    const entry = this.#entries.shift();
    if (entry) {
      stopTimers(entry);
    }
    return entry;
  }

  /** Puts one back that was taken: it is the first again, and is not throttled any more. */
  putBack(waiting: WaitingInvocation): void {
    this.#entries.unshift({ ...waiting, wantsStart: true });
  }

  /** Throttles all of them. */
  throttleAll(): void {
    for (let waiting = this.take(); waiting; waiting = this.take()) {
      waiting.reject(throttled('ConcurrentInvocationLimitExceeded'));
    }
  }

  #startLater(entry: Entry): void {
    entry.startDelay = setTimeout(() => {
      if (this.#canStart()) {
        entry.wantsStart = true;
        this.#start();
      } else {
        this.#startLater(entry);
      }
    }, this.#options.asyncStartDelay);
  }
}

function stopTimers({ patience, startDelay }: Entry): void {
  clearTimeout(patience);
  clearTimeout(startDelay);
}
