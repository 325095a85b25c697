import { setTimeout as pause } from 'node:timers/promises';
import { ServerFleet, type Worker } from '../../servers/server-fleet.ts';
import { type StickyBalancer, startStickyBalancer } from '../../servers/sticky-balancer.ts';
import type { SideRun, Usage } from '../measurement.ts';
import { residentMemoryOf } from './memory.ts';
import { type Side, SideGone } from './side.ts';

export interface ServersOptions {
  /** File of the kitchen's root, which exports `handler`. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  /** How many servers to begin with. */
  readonly servers: number;
  /**
   * Milliseconds from the last new customer of a server that is to go to its end, for those that it has: what a balancer
   * calls the deregistration delay. @default 750
   */
  readonly drainFor?: number;
  readonly signal?: AbortSignal;
}

const drainMs = 750;

/** Opens the kitchen as servers behind a balancer that keeps each customer with one of them. @throws ServerFailed */
export async function openServersSide(options: ServersOptions): Promise<Side> {
  const { servers, root, environment, signal } = options;
  const fleet = await ServerFleet.start({ root, environment, workers: servers, ...(signal && { signal }) });
  try {
    return new ServersSide(fleet, await startStickyBalancer({ workers: fleet.workers }), options);
  } catch (error) {
    await fleet.close();
    throw error;
  }
}

class ServersSide implements Side {
  readonly name = 'servers';
  readonly url: string;
  readonly #fleet: ServerFleet;
  readonly #balancer: StickyBalancer;
  readonly #options: ServersOptions;
  /** When each server started, and when those that are gone ended. */
  readonly #lives: { readonly from: number; to?: number }[] = [];
  #begunAt = performance.now();
  #before: ReadonlyMap<string, number> = new Map();
  #outputBefore = 0;
  #isClosed = false;

  constructor(fleet: ServerFleet, balancer: StickyBalancer, options: ServersOptions) {
    this.#fleet = fleet;
    this.#balancer = balancer;
    this.#options = options;
    this.url = balancer.url;
    for (const worker of fleet.workers) {
      this.#watch(worker);
    }
  }

  /** The server that has served most is gone. The operator starts another at once; it knows nothing. */
  async kill(): Promise<void> {
    const { requests } = this.#balancer;
    const [busiest] = this.#fleet.workers.toSorted((a, b) => (requests.get(b.id) ?? 0) - (requests.get(a.id) ?? 0));
    if (!busiest) {
      throw new SideGone('There is no server left to be killed.');
    }
    // The balancer is not told: it finds out, as balancers do.
    await this.#fleet.kill(busiest);
    await this.scaleOut();
  }

  /** One server after the other, and never fewer than there were. */
  async deploy(): Promise<void> {
    for (const old of this.#fleet.workers) {
      await this.scaleOut();
      await this.#drain(old);
    }
  }

  async scaleOut(): Promise<void> {
    if (this.#isClosed) {
      return;
    }
    const worker = await this.#fleet.add();
    this.#watch(worker);
    this.#balancer.add(worker);
  }

  async scaleIn(): Promise<void> {
    const last = this.#fleet.workers.at(-1);
    if (last) {
      await this.#drain(last);
    }
  }

  async usage(): Promise<Omit<Usage, 'at'> | undefined> {
    const { workers } = this.#fleet;
    const memoryBytes = await residentMemoryOf(workers.map(({ processId }) => processId));
    return memoryBytes === undefined ? undefined : { processes: workers.length, memoryBytes };
  }

  async check(): Promise<void> {
    if (this.#fleet.workers.length === 0) {
      throw new SideGone('All servers are gone.');
    }
  }

  async begin(): Promise<void> {
    this.#begunAt = performance.now();
    this.#before = new Map(this.#balancer.requests);
    this.#outputBefore = this.#fleet.outputBytes;
  }

  async account(): Promise<Pick<SideRun, 'billable' | 'load'>> {
    const now = performance.now();
    const milliseconds = this.#lives.reduce(
      (sum, { from, to = now }) => sum + Math.max(0, to - Math.max(from, this.#begunAt)),
      0,
    );
    return {
      billable: {
        serverSeconds: milliseconds / 1000,
        balancerSeconds: (now - this.#begunAt) / 1000,
        logBytes: this.#fleet.outputBytes - this.#outputBefore,
      },
      load: Object.fromEntries(
        [...this.#balancer.requests].map(([id, all]) => [id, all - (this.#before.get(id) ?? 0)]),
      ),
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#balancer.close();
    await this.#fleet.close();
  }

  /** Has a server finish the requests that it has, take no new ones, and end. */
  async #drain(worker: Worker): Promise<void> {
    const { drainFor = drainMs, signal } = this.#options;
    this.#balancer.drain(worker.id);
    await pause(drainFor, undefined, signal ? { signal } : {});
    this.#balancer.remove(worker.id);
    await this.#fleet.stop(worker);
  }

  #watch({ exited }: Worker): void {
    const life: { from: number; to?: number } = { from: performance.now() };
    this.#lives.push(life);
    exited.then(() => {
      life.to = performance.now();
    });
  }
}
