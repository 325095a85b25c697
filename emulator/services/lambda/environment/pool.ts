import type { FunctionVersion } from '../function/function.ts';
import type { Environment } from './environment.ts';
import { type Load, nextOverdueAt, startsWanted } from './scaling.ts';
import { WaitingInvocations } from './waiting-invocations.ts';

export interface PoolOptions {
  /** Milliseconds that an invocation waits for an environment before it is throttled. */
  readonly patience: number;
  /**
   * Milliseconds after which an invocation that waits has another environment started for it, whatever is known.
   * @default - what a start takes, and a second where invocations are known to take less than that
   */
  readonly startDelay?: number | undefined;
}

/** How much the last invocation counts in what one takes. */
const smoothing = 0.2;

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
  readonly #startDelay: number | undefined;
  #readySince: number | undefined;
  #startMs: number | undefined;
  #startFailed = false;
  #invocationMs: number | undefined;
  #look: NodeJS.Timeout | undefined;
  /** Environments that have had an invocation: the first in each takes longer, and says nothing of the next. */
  readonly #warm = new WeakSet<Environment>();

  constructor(version: FunctionVersion, { patience, startDelay }: PoolOptions) {
    this.version = version;
    this.waiting = new WaitingInvocations(patience);
    this.#startDelay = startDelay;
  }

  /** How many environments are to be starting. */
  get startsWanted(): number {
    return startsWanted(this.#load, performance.now());
  }

  /** Calls back when another environment may be wanted because something has waited for long. */
  onOverdue(action: () => void): void {
    const now = performance.now();
    const at = nextOverdueAt(this.#load, now);
    if (at === undefined) {
      clearTimeout(this.#look);
    } else {
      this.lookAgain(at - now, action);
    }
  }

  /** Calls back after so many ms, and not when else it was to. */
  lookAgain(ms: number, action: () => void): void {
    clearTimeout(this.#look);
    this.#look = setTimeout(action, Math.ceil(ms) + 1).unref();
  }

  /** An environment is ready, so many ms after its start. */
  started(ms: number): void {
    this.#startMs = ms;
    this.#startFailed = false;
    this.#readySince ??= performance.now();
  }

  /** An environment could not be started. */
  startFailed(): void {
    this.#startFailed = true;
  }

  /** An environment was busy with an invocation for so many ms. */
  invoked(environment: Environment, ms: number): void {
    if (this.#warm.has(environment)) {
      this.#invocationMs =
        this.#invocationMs === undefined ? ms : this.#invocationMs + smoothing * (ms - this.#invocationMs);
    }
    this.#warm.add(environment);
  }

  get #load(): Load {
    return {
      waitingSince: this.waiting.since,
      ready: this.size - this.starting,
      readySince: this.#readySince,
      startFailed: this.#startFailed,
      startMs: this.#startMs,
      invocationMs: this.#invocationMs,
      startDelay: this.#startDelay,
    };
  }
}
