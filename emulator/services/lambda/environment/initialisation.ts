import { fault, type Outcome } from './outcome.ts';
import type { InitFailed } from './runtime/invocation.ts';

/** What comes before an environment's first invocation: its process starts and its handler is loaded. */
export class Initialisation {
  /** Resolves when the handler is loaded. @throws InitFailed */
  readonly ready: Promise<void>;
  readonly #ready = Promise.withResolvers<void>();
  readonly #startedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #done = false;
  /** What went wrong, as far as is known. */
  #failure: Outcome | undefined;

  constructor() {
    this.ready = this.#ready.promise;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Milliseconds since it began. */
  get durationMs(): number {
    return performance.now() - this.#startedAt;
  }

  limit(timeoutMs: number, timedOut: () => void): void {
    this.#timer = setTimeout(() => {
      const seconds = (timeoutMs / 1000).toFixed(2);
      this.#failure = fault('Sandbox.Timedout', `Task timed out after ${seconds} seconds`, 'timeout');
      timedOut();
    }, timeoutMs);
  }

  /** The runtime says what went wrong. */
  reported(failure: Outcome): void {
    this.#failure = failure;
  }

  complete(): void {
    this.#done = true;
    clearTimeout(this.#timer);
    this.#ready.resolve();
  }

  /** The process is gone. Returns why, where it was not done yet. */
  processEnded(exit: Outcome): Outcome | undefined {
    clearTimeout(this.#timer);
    return this.#done ? undefined : (this.#failure ?? exit);
  }

  fail(error: InitFailed): void {
    this.#ready.reject(error);
  }
}
