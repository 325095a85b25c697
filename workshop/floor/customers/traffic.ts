import { type Random, randomFrom } from '../../compare/load/generator.ts';

/** Customers who come at random, at a rate that can be changed at any time, whatever becomes of those before them. */
export class Traffic {
  readonly #arrive: (index: number) => void;
  readonly #random: Random;
  #perSecond = 0;
  #timer: NodeJS.Timeout | undefined;
  #nextAt = 0;
  #arrived = 0;

  constructor(arrive: (index: number) => void, seed: number) {
    this.#arrive = arrive;
    this.#random = randomFrom(seed);
  }

  get perSecond(): number {
    return this.#perSecond;
  }

  set perSecond(rate: number) {
    this.#perSecond = rate;
    clearTimeout(this.#timer);
    if (rate > 0) {
      this.#nextAt = performance.now() + this.#gap();
      this.#wait();
    }
  }

  /** So many more come at once. */
  burst(count: number): void {
    for (let i = 0; i < count; i += 1) {
      this.#arrive(this.#arrived);
      this.#arrived += 1;
    }
  }

  stop(): void {
    this.perSecond = 0;
  }

  /** Timers are exact to a millisecond or two: who is due by now comes now. */
  #wait(): void {
    this.#timer = setTimeout(
      () => {
        const now = performance.now();
        // After a pause of the machine nobody wants the crowd that stayed away.
        this.#nextAt = Math.max(this.#nextAt, now - 1000);
        while (this.#nextAt <= now) {
          this.burst(1);
          this.#nextAt += this.#gap();
        }
        this.#wait();
      },
      Math.max(0, this.#nextAt - performance.now()),
    );
  }

  /** Times between arrivals of people who do not know of each other are distributed exponentially. */
  #gap(): number {
    return (-Math.log(1 - this.#random()) / this.#perSecond) * 1000;
  }
}
