import type { Journal } from '../../functions/domain/ports.ts';

/** What was counted so far. */
export interface Counts {
  readonly orders: { readonly RECEIVED: number; readonly BAKED: number };
  readonly cookies: number;
}

/** Tally marks on the wall of this one kitchen: variables of the module. */
export class Tally {
  #orders = 0;
  #baked = 0;
  #cookies = 0;

  /** Marks what a journal is told, and tells it. */
  watching(journal: Journal): Journal {
    return {
      record: (entry) => {
        if (entry.event === 'OrderPlaced') {
          this.#orders += 1;
          this.#cookies += entry.cookies;
        }
        if (entry.event === 'OrderBaked') {
          this.#baked += 1;
        }
        journal.record(entry);
      },
    };
  }

  async count(): Promise<Counts> {
    return { orders: { RECEIVED: this.#orders - this.#baked, BAKED: this.#baked }, cookies: this.#cookies };
  }
}
