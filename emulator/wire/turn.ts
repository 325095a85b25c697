import { setImmediate as othersServed } from 'node:timers/promises';

/** How long work goes on before it lets others have a turn: longer than anything usual takes. */
const turnMs = 100;

/** Resolves when whoever waits longest for a turn has it. */
let queue = Promise.resolve();

/**
 * The turn of long work on the one thread that serves everybody. Work that may take long awaits {@link Turn.pass} between its
 * steps; where a turn is over, others are served first. What was read before may have changed then.
 */
export class Turn {
  #until = performance.now() + turnMs;

  /** Whether it is time to let others go first. */
  get isOver(): boolean {
    return performance.now() >= this.#until;
  }

  async pass(): Promise<void> {
    if (!this.isOver) {
      return;
    }
    // One after the other: together, the turns of many would be one long one.
    queue = queue.then(() => othersServed());
    await queue;
    this.#until = performance.now() + turnMs;
  }
}
