import type { FunctionVersion } from '../function/function.ts';
import type { Environment } from './environment.ts';
import { growsAt, type Load, startsWanted } from './scaling.ts';
import { WaitingInvocations } from './waiting-invocations.ts';

export interface PoolOptions {
  /** Milliseconds that an invocation waits for an environment before it is throttled. */
  readonly patience: number;
  /**
   * Milliseconds that an invocation takes at least that takes long: others do not wait for its environment.
   * @default - what the last start took
   */
  readonly longInvocation?: number | undefined;
}

/** How much the last invocation counts in the average. */
const smoothing = 0.2;
/** What is left of the longest with each invocation after it: one of two seconds is forgotten after some twenty quick ones. */
const fading = 0.9;

/** The environments of one version of a function, what waits for them, and what is known of how long they take. */
export class Pool {
  readonly version: FunctionVersion;
  /** The most recently used last: it is the next to be used, so that the others can be reaped. */
  readonly idle: Environment[] = [];
  readonly waiting: WaitingInvocations;
  readonly reapers = new Map<Environment, NodeJS.Timeout>();
  /** Environments of this version, those that start included. */
  size = 0;
  starting = 0;
  /** The version is no more: environments end when nothing waits for them. */
  retired = false;
  readonly #longMs: number | undefined;
  #startMs: number | undefined;
  #startFailed = false;
  #averageMs: number | undefined;
  #longestMs = 0;
  /** When the invocations at work began, the first of them first. */
  readonly #atWork = new Map<Environment, number>();
  /** Environments that have had an invocation: the first in each takes longer, and says nothing of the next. */
  readonly #warm = new WeakSet<Environment>();
  #look: NodeJS.Timeout | undefined;

  constructor(version: FunctionVersion, { patience, longInvocation }: PoolOptions) {
    this.version = version;
    this.waiting = new WaitingInvocations(patience);
    this.#longMs = longInvocation;
  }

  /** How many environments are to be starting. */
  get startsWanted(): number {
    return startsWanted(this.#load, performance.now());
  }

  /** Calls back when more environments may be wanted though nothing has happened. */
  onGrowth(action: () => void): void {
    const now = performance.now();
    const at = growsAt(this.#load, now);
    if (at === undefined) {
      clearTimeout(this.#look);
    } else {
      this.lookAgain(at - now, action);
    }
  }

  /** Calls back after this many ms, and not at the time that was set before. */
  lookAgain(ms: number, action: () => void): void {
    clearTimeout(this.#look);
    this.#look = setTimeout(action, Math.ceil(ms) + 1).unref();
  }

  /** An environment is ready, this many ms after its start. */
  started(ms: number): void {
    this.#startMs = ms;
    this.#startFailed = false;
  }

  /** An environment could not be started. */
  startFailed(): void {
    this.#startFailed = true;
  }

  /** An environment is given an invocation. */
  began(environment: Environment): void {
    this.#atWork.set(environment, performance.now());
  }

  /** An environment is done with its invocation. */
  ended(environment: Environment): void {
    const ms = performance.now() - (this.#atWork.get(environment) ?? 0);
    this.gaveBack(environment);
    if (this.#warm.has(environment)) {
      this.#averageMs = ms * smoothing + (this.#averageMs ?? ms) * (1 - smoothing);
      this.#longestMs = Math.max(ms, this.#longestMs * fading);
    }
    this.#warm.add(environment);
  }

  /** An environment ended before it took its invocation. */
  gaveBack(environment: Environment): void {
    this.#atWork.delete(environment);
  }

  get #load(): Load {
    return {
      waiting: this.waiting.length,
      waitingSince: this.waiting.since,
      ready: this.size - this.starting,
      startFailed: this.#startFailed,
      startMs: this.#startMs,
      averageMs: this.#averageMs,
      longestMs: this.#longestMs,
      atWorkSince: this.#atWork.values().next().value,
      longMs: this.#longMs,
    };
  }
}
