import { availableParallelism } from 'node:os';
import { throttled } from '../errors.ts';
import type { FunctionVersion } from '../function/function.ts';
import { Environment } from './environment.ts';
import type { EnvironmentHost } from './environment-host.ts';
import { Pool, type PoolOptions } from './pool.ts';
import { type EnvironmentGone, InitFailed, type Invocation, type InvocationResult } from './runtime/invocation.ts';
import type { WaitingInvocation } from './waiting-invocations.ts';

export interface FleetOptions extends PoolOptions {
  readonly host: EnvironmentHost;
  /** The most environments at a time, of all functions: each takes some 70 MB. */
  readonly maxEnvironments: number;
  /** Milliseconds without an invocation after which an environment is ended. */
  readonly idleTimeout: number;
  /** Whether an idle environment is ended sooner, for its memory. It is asked some times within the timeout. */
  readonly isMemoryShort: () => boolean;
  /** Milliseconds after an invocation for which an environment still counts as in use. */
  readonly inUseFor: number;
}

/**
 * Milliseconds for which an environment that starts has a core. One that takes longer waits for something, and would keep
 * others waiting that could be there by then.
 */
const turnMs = 1_000;

/** How often an idle environment is looked at until its timeout has passed. */
const looks = 10;

/**
 * All environments, by version. An environment takes one invocation at a time; where none is free another is started if
 * it is worth that ({@link Pool.startsWanted}), and the invocation goes to whichever is ready first. On AWS the number is bounded by the account's concurrency alone;
 * here it is by the machine: at the bound an idle environment of another version makes room, else the invocation waits.
 */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #pools = new Map<FunctionVersion, Pool>();
  readonly #environments = new Set<Environment>();
  readonly #idleSince = new WeakMap<Environment, number>();
  /** Those that start, and have a core for it. */
  readonly #atTurn = new Set<Environment>();
  // More at once than there are cores would only make each start slower.
  readonly #maxStarting = Math.max(2, availableParallelism());
  #closed = false;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  get capacity(): number {
    return this.#options.maxEnvironments;
  }

  /** Runs an invocation. @throws TooManyRequestsException where no environment came free in time */
  invoke(version: FunctionVersion, invocation: Invocation): Promise<InvocationResult> {
    if (this.#closed) {
      return Promise.reject(throttled('ConcurrentInvocationLimitExceeded'));
    }
    const pool = this.#poolOf(version);
    const answered = pool.waiting.add(invocation);
    this.#dispatch(pool);
    return answered;
  }

  /** Ends what a version has: its idle environments now, its busy ones when they are done. */
  retire(version: FunctionVersion): void {
    const pool = this.#pools.get(version);
    if (!pool) {
      return;
    }
    pool.retired = true;
    for (const environment of [...pool.idle]) {
      this.#end(pool, environment, 'shutDown');
    }
    this.#forgetIfOver(pool);
  }

  /** The environments of a function. */
  environments(functionName: string): Environment[] {
    return [...this.#environments].filter(({ version, ended }) => version.functionName === functionName && !ended);
  }

  /** Ends every process at once, without waiting: this process is about to end. */
  killAll(): void {
    for (const environment of this.#environments) {
      environment.kill();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const pool of this.#pools.values()) {
      for (const timer of pool.reapers.values()) {
        clearTimeout(timer);
      }
      pool.waiting.throttleAll();
    }
    for (const environment of this.#environments) {
      environment.shutDown('shutDown');
    }
    await Promise.all([...this.#environments].map(({ exited }) => exited));
  }

  #poolOf(version: FunctionVersion): Pool {
    const known = this.#pools.get(version);
    if (known) {
      return known;
    }
    const pool = new Pool(version, this.#options);
    this.#pools.set(version, pool);
    return pool;
  }

  #dispatch(pool: Pool): void {
    while (pool.waiting.length > 0) {
      const environment = pool.idle.pop();
      if (!environment) {
        break;
      }
      clearTimeout(pool.reapers.get(environment));
      const waiting = environment.ended ? undefined : pool.waiting.take();
      if (waiting) {
        this.#run(pool, environment, waiting);
      }
    }
    this.#scale(pool);
  }

  #run(pool: Pool, environment: Environment, waiting: WaitingInvocation): void {
    pool.began(environment);
    environment.invoke(waiting.invocation).then(
      (result) => {
        waiting.resolve(result);
        pool.ended(environment);
        environment.whenFree(() => this.#release(pool, environment));
      },
      (gone: EnvironmentGone) => {
        pool.gaveBack(environment);
        if (this.#closed) {
          waiting.reject(gone);
        } else {
          pool.waiting.putBack(waiting);
        }
        this.#dispatch(pool);
      },
    );
  }

  /** Takes an environment back from its invocation, or from its start. */
  #release(pool: Pool, environment: Environment): void {
    const retired = pool.retired && pool.waiting.length === 0;
    if (retired || this.#mustYield(pool)) {
      this.#end(pool, environment, retired ? 'shutDown' : 'scaledIn');
    } else if (!environment.ended) {
      pool.idle.push(environment);
      environment.activity.idle();
      this.#idleSince.set(environment, performance.now());
      this.#reap(pool, environment);
    }
    this.#dispatch(pool);
    this.#scaleOthers(pool);
  }

  /** Ends an environment when it has been idle for long enough. How long that is on AWS depends on what AWS needs it for. */
  #reap(pool: Pool, environment: Environment, looked = 1): void {
    const { idleTimeout, isMemoryShort } = this.#options;
    const look = () => {
      if (looked >= looks || isMemoryShort()) {
        this.#end(pool, environment, 'scaledIn');
      } else {
        this.#reap(pool, environment, looked + 1);
      }
    };
    pool.reapers.set(environment, setTimeout(look, idleTimeout / looks).unref());
  }

  /** At the bound, a version that has no environment at all gets one even where another is always busy. */
  #mustYield(pool: Pool): boolean {
    if (pool.size < 2 || this.#environments.size < this.#options.maxEnvironments) {
      return false;
    }
    if ([...this.#environments].some(({ ended }) => ended)) {
      return false;
    }
    return [...this.#pools.values()].some(({ waiting, size }) => waiting.length > 0 && size === 0);
  }

  #end(pool: Pool, environment: Environment, reason: 'scaledIn' | 'shutDown'): void {
    clearTimeout(pool.reapers.get(environment));
    pool.reapers.delete(environment);
    const at = pool.idle.indexOf(environment);
    if (at !== -1) {
      pool.idle.splice(at, 1);
    }
    environment.shutDown(reason);
  }

  /** Starts environments for the invocations that wait, as far as they are worth it and the bounds allow. */
  #scale(pool: Pool): void {
    while (!this.#closed && pool.startsWanted > pool.starting && this.#atTurn.size < this.#maxStarting) {
      if (this.#environments.size >= this.#options.maxEnvironments) {
        this.#askForRoom(pool);
        return;
      }
      this.#start(pool);
    }
    pool.onGrowth(() => this.#scale(pool));
  }

  /** Room, or a turn to start, came free: pools that wait for it may go on. */
  #scaleOthers(than?: Pool): void {
    for (const pool of this.#pools.values()) {
      if (pool !== than) {
        this.#scale(pool);
      }
    }
  }

  /**
   * Ends an idle environment of another version, one at a time. When its process is gone, its place is taken. One that
   * was used a moment ago makes room only for a version that has none: else two busy functions would take turns in
   * ending each other's environments, and do little but start.
   */
  #askForRoom(wanting: Pool): void {
    if ([...this.#environments].some(({ ended }) => ended)) {
      return;
    }
    const inUseFor = wanting.size === 0 ? 0 : this.#options.inUseFor;
    const oldest = [...this.#pools.values()].flatMap((pool) =>
      pool === wanting ? [] : pool.idle.slice(0, 1).map((environment) => ({ pool, environment })),
    );
    const idleFor = ({ environment }: { readonly environment: Environment }) =>
      performance.now() - (this.#idleSince.get(environment) ?? 0);
    const free = oldest.find((one) => idleFor(one) >= inUseFor);
    if (free) {
      this.#end(free.pool, free.environment, 'scaledIn');
    } else if (oldest.length > 0) {
      wanting.lookAgain(inUseFor - Math.max(...oldest.map(idleFor)), () => this.#scale(wanting));
    }
  }

  #start(pool: Pool): void {
    const environment = new Environment(pool.version, this.#options.host);
    const begun = performance.now();
    pool.starting++;
    pool.size++;
    this.#environments.add(environment);
    const endTurn = this.#takeTurn(environment);
    environment.ready.then(
      () => {
        endTurn();
        pool.starting--;
        pool.started(performance.now() - begun);
        this.#release(pool, environment);
      },
      (error: unknown) => {
        endTurn();
        pool.starting--;
        pool.startFailed();
        this.#startFailed(pool, error);
      },
    );
    environment.exited.finally(() => {
      pool.size--;
      this.#environments.delete(environment);
      this.#end(pool, environment, 'shutDown');
      this.#forgetIfOver(pool);
      this.#scaleOthers(pool);
      this.#scale(pool);
    });
  }

  /** Gives a start its turn; what is returned ends it. */
  #takeTurn(environment: Environment): () => void {
    this.#atTurn.add(environment);
    const timer = setTimeout(() => {
      this.#atTurn.delete(environment);
      this.#scaleOthers();
    }, turnMs).unref();
    return () => {
      clearTimeout(timer);
      this.#atTurn.delete(environment);
    };
  }

  #forgetIfOver(pool: Pool): void {
    if (pool.retired && pool.size === 0 && pool.waiting.length === 0) {
      this.#pools.delete(pool.version);
    }
  }

  #startFailed(pool: Pool, error: unknown): void {
    const waiting = pool.waiting.take();
    if (waiting) {
      if (error instanceof InitFailed) {
        waiting.resolve(error.answer(waiting.invocation));
      } else {
        waiting.reject(error);
      }
    }
    this.#dispatch(pool);
  }
}
