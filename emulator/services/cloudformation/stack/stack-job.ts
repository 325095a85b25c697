/** The one piece of work that a stack may have under way: started, waited for, and cancelled. */
export class StackJob {
  #running: Promise<void> | undefined;
  #abort = new AbortController();

  /** Starts work once what is under way, if anything, has ended. The work must not reject. */
  start(work: (signal: AbortSignal) => Promise<void>): void {
    const abort = new AbortController();
    this.#abort = abort;
    const running: Promise<void> = (this.#running ?? Promise.resolve())
      .then(() => work(abort.signal))
      .finally(() => {
        if (this.#running === running) {
          this.#running = undefined;
        }
      });
    this.#running = running;
  }

  /** Tells the work to begin nothing new, and to wait for nothing outside of the endpoint. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Resolves once nothing is under way. */
  async ended(): Promise<void> {
    await this.#running;
  }

  /** Resolves when the work ends, when `limitMs` have passed, or when the signal is aborted: whichever comes first. */
  async endedWithin(limitMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#running || signal.aborted) {
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, limitMs).unref();
    const stop = (): void => resolve();
    signal.addEventListener('abort', stop);
    try {
      await Promise.race([this.#running, promise]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }
}
