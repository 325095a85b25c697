/** When a rule fires. */
export interface Schedule {
  /** The first time after a given one, in milliseconds since the epoch; undefined where there is none any more. */
  next(after: number): number | undefined;
}

/** The longest that one timer of Node waits, in milliseconds: about 25 days. */
const maxWaitMs = 2 ** 31 - 1;

/** Calls back each time a schedule fires, until it is stopped. A time that was missed is not made up for. */
export class ScheduleTimer {
  readonly #schedule: Schedule;
  readonly #fire: (time: Date) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(schedule: Schedule, fire: (time: Date) => void) {
    this.#schedule = schedule;
    this.#fire = fire;
    this.#arm(Date.now());
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(after: number): void {
    const next = this.#schedule.next(after);
    if (next !== undefined) {
      this.#waitFor(next);
    }
  }

  #waitFor(next: number): void {
    const wait = next - Date.now();
    this.#timer = setTimeout(
      () => {
        // Timers may be early by a millisecond, and a long wait is several timers.
        if (Date.now() < next) {
          return this.#waitFor(next);
        }
        this.#arm(Date.now());
        this.#fire(new Date(next));
      },
      Math.min(Math.max(wait, 0), maxWaitMs),
    ).unref();
  }
}
