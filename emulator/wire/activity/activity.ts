import { randomBytes } from 'node:crypto';
import type { Activities, ActivityEvent, ResourceActivity, WaitingFault } from './event.ts';

/** How many events are kept: the newest. Of a few hundred bytes each, and of some kilobytes at the most. */
export const keptEvents = 16_384;
/** Milliseconds after the first of some events at which they reach their readers together. */
const batchMs = 20;
/** How long events are recorded after the last reader has gone, in milliseconds: it may come back. */
export const rememberMs = 30_000;

/** What services tell of themselves, in one region. */
export interface RegionActivity {
  /** Whether there is a reader. Ask before an event is made: mostly there is none, and then it must cost nothing. */
  readonly isRead: boolean;
  publish(event: Activities): void;
}

/** The events after a place in the stream. */
export interface Continuation {
  /** How many are no longer kept. */
  readonly lost: number;
  readonly events: Iterable<ActivityEvent>;
}

/**
 * What happens in the endpoint, as events of all regions in one order. Nothing is recorded unless there is a reader. A recording begins with
 * the first reader and ends {@link rememberMs} after the last; it keeps {@link keptEvents}.
 */
export class Activity {
  readonly #readers = new Set<() => void>();
  /** By their numbers, modulo what is kept. */
  #events: ActivityEvent[] = [];
  /** Names the recording under way; undefined where there is none. */
  #recording: string | undefined;
  /** How many events the recording has had. */
  #count = 0;
  #batch: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;

  get isRead(): boolean {
    return this.#recording !== undefined;
  }

  /** How many events the recording has had. */
  get count(): number {
    return this.#count;
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** What the services of a region are given. */
  of(region: string): RegionActivity {
    const activity = this;
    return {
      get isRead() {
        return activity.isRead;
      },
      publish: (event) => activity.publish(region, event),
    };
  }

  publish(region: string | null, event: Activities): void {
    if (this.#recording === undefined) {
      return;
    }
    const number = this.#count++;
    this.#events[number % keptEvents] = { id: this.idAt(this.#count), time: Date.now(), region, ...event };
    this.#batch ??= setTimeout(() => this.#tell(), batchMs).unref();
  }

  /**
   * Begins to record, if it does not yet.
   * @param told is called when there are events to be fetched by {@link after}
   * @returns what ends it
   */
  read(told: () => void): () => void {
    clearTimeout(this.#end);
    this.#recording ??= randomBytes(6).toString('hex');
    this.#readers.add(told);
    return () => {
      if (this.#readers.delete(told) && this.#readers.size === 0) {
        this.#end = setTimeout(() => this.#forget(), rememberMs).unref();
      }
    };
  }

  /** The events after a number of them. */
  after(count: number): Continuation {
    const first = Math.max(count, this.#count - keptEvents);
    return { lost: first - count, events: this.#range(first) };
  }

  /** The place in the stream at which a number of events have happened: the id of the last of them. */
  idAt(count: number): string {
    return `${this.#recording}-${count}`;
  }

  /** How many events had happened at the place of an id; undefined where it is none of this recording. */
  countAt(id: string): number | undefined {
    const [, recording, count = ''] = /^([^-]+)-(0|[1-9]\d{0,14})$/.exec(id) ?? [];
    return recording === this.#recording && Number(count) <= this.#count ? Number(count) : undefined;
  }

  /** Tells the readers what is left, and lets go of everything. */
  close(): void {
    this.#tell();
    clearTimeout(this.#end);
    this.#readers.clear();
    this.#forget();
  }

  *#range(first: number): Iterable<ActivityEvent> {
    for (let number = first; number < this.#count; number++) {
      yield this.#events[number % keptEvents] as ActivityEvent;
    }
  }

  #tell(): void {
    clearTimeout(this.#batch);
    this.#batch = undefined;
    for (const told of this.#readers) {
      told();
    }
  }

  #forget(): void {
    clearTimeout(this.#batch);
    this.#batch = undefined;
    this.#recording = undefined;
    this.#events = [];
    this.#count = 0;
  }
}

/** Tells that a resource is there now, or no more. */
export function tellOfResource(
  activity: RegionActivity | undefined,
  type: ResourceActivity['type'],
  kind: ResourceActivity['kind'],
  name: string,
  bus?: string,
): void {
  if (activity?.isRead) {
    activity.publish({ type, kind, name, bus });
  }
}

/**
 * Tells that a fault is set and how many times, or with 0 that it is taken back.
 * @param before how many times were left of the one that it takes the place of
 */
export function tellOfFault(
  activity: RegionActivity | undefined,
  fault: WaitingFault & { readonly times: number },
  before: number,
): void {
  if (!activity?.isRead) {
    return;
  }
  if (fault.times > 0) {
    activity.publish({ type: 'fault.set', fault });
  } else if (before > 0) {
    activity.publish({ type: 'fault.removed', fault: { ...fault, times: before } });
  }
}

/** A text from outside, cut to a number of characters. */
export const clipped = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
