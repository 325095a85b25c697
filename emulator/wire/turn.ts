import { setImmediate as othersServed } from 'node:timers/promises';

/** How long work goes on before it lets others have a turn: longer than anything usual takes. */
const TURN_MS = 100;

/**
 * The turn of long work on the one thread that serves everybody. Work that may take long awaits {@link Turn.pass} between its
 * steps; where a turn is over, others are served first. What was read before may have changed then.
 */
export class Turn {
  #until = performance.now() + TURN_MS;

  /** Whether it is time to let others go first. */
  get isOver(): boolean {
    return performance.now() >= this.#until;
  }

  async pass(): Promise<void> {
    if (!this.isOver) return;
    await othersServed();
    this.#until = performance.now() + TURN_MS;
  }
}
