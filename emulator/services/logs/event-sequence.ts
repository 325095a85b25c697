/** One log event, as it is kept. */
export interface LogEvent {
  /** When it happened, in milliseconds since the epoch. */
  readonly timestamp: number;
  /** When it arrived here. */
  readonly ingestionTime: number;
  readonly message: string;
  readonly stream: string;
  /** Counts the events of a group as they arrive: tells events of one millisecond apart. */
  readonly arrival: number;
}

/** A place in the order of events. */
export type Position = Pick<LogEvent, 'timestamp' | 'arrival'>;

/** Negative where `a` is before `b`. */
export function inOrder(a: Position, b: Position): number {
  return a.timestamp - b.timestamp || a.arrival - b.arrival;
}

/** Dropped events are taken out of the array once there are this many of them, and they are half of it. */
const compactAt = 1024;

/**
 * Events in the order of their time, and of their arrival within a millisecond. Adding at the end and dropping at the
 * beginning, which is nearly all that happens to logs, cost next to nothing.
 */
export class EventSequence {
  #events: LogEvent[] = [];
  #dropped = 0;

  get length(): number {
    return this.#events.length - this.#dropped;
  }

  get first(): LogEvent | undefined {
    return this.#events[this.#dropped];
  }

  get last(): LogEvent | undefined {
    return this.length > 0 ? this.#events.at(-1) : undefined;
  }

  at(index: number): LogEvent | undefined {
    return this.#events[this.#dropped + index];
  }

  add(event: LogEvent): void {
    const { last } = this;
    if (!last || inOrder(last, event) < 0) {
      this.#events.push(event);
    } else {
      this.#events.splice(this.#dropped + this.indexOf(event), 0, event);
    }
  }

  /** Adds events that are in order. Those that come late are merged in one go, as many as they are. */
  addAll(added: readonly LogEvent[]): void {
    const [first] = added;
    if (!first) {
      return;
    }
    const later = this.#events.splice(this.#dropped + this.indexOf(first));
    let at = 0;
    for (const event of added) {
      for (let next = later[at]; next && inOrder(next, event) < 0; next = later[at]) {
        this.#events.push(next);
        at++;
      }
      this.#events.push(event);
    }
    for (const event of later.slice(at)) {
      this.#events.push(event);
    }
  }

  /** How many events are before a position, which is also the index of the first that is not. */
  indexOf(position: Position): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.at(middle);
      if (event && inOrder(event, position) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  slice(start: number, end: number): LogEvent[] {
    return this.#events.slice(this.#dropped + start, this.#dropped + end);
  }

  dropFirst(): void {
    this.#dropped++;
    if (this.#dropped < compactAt || this.#dropped * 2 < this.#events.length) {
      return;
    }
    this.#events = this.#events.slice(this.#dropped);
    this.#dropped = 0;
  }

  /** Removes the events of a stream. */
  removeStream(name: string): void {
    this.#events = this.#events.slice(this.#dropped).filter(({ stream }) => stream !== name);
    this.#dropped = 0;
  }
}
