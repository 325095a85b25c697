import type { Figures } from '../protocol.ts';
import { type Bill, costPerThousand, RecentDurations, RecentRate } from './figures.ts';

/** What is counted and measured of a lane. */
export class Accounts {
  readonly counts = { arrived: 0, acknowledged: 0, refused: 0, collected: 0, lost: 0 };
  readonly #answers = new RecentDurations();
  readonly #baked = new RecentRate();
  readonly #bill: Bill = {};
  /** Bytes. */
  memory: number | undefined;
  satisfied: number | undefined;
  cleanings = 0;
  /** Whether the endpoint tells what happens in it. If not, what only events tell is not known. */
  isTold = false;

  answered(milliseconds: number): void {
    this.#answers.add(milliseconds);
  }

  baked(time: number): void {
    this.#baked.add(time);
  }

  bill(what: keyof Bill, amount: number): void {
    this.#bill[what] = (this.#bill[what] ?? 0) + amount;
  }

  at(time: number): Omit<Figures, 'bakedTwice' | 'environments' | 'cleanings'> {
    return {
      ...this.counts,
      bakedPerSecond: this.isTold ? this.#baked.at(time) : null,
      answerP50: this.#answers.below(0.5),
      answerP95: this.#answers.below(0.95),
      memoryMegabytes: this.memory === undefined ? null : Math.round(this.memory / 1_048_576),
      satisfied: this.satisfied ?? null,
      costPerThousand: this.isTold ? costPerThousand(this.#bill, this.counts.acknowledged) : null,
    };
  }
}
