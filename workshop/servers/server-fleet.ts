import { type ServerOptions, type ServerProcess, startServer } from './start-server.ts';

/** One of several servers that run the same handler. */
export interface Worker extends Pick<ServerProcess, 'url' | 'processId' | 'temporaryDirectory' | 'exited'> {
  /** `worker-1`, and so on: never given twice in a fleet. */
  readonly id: string;
}

export interface FleetOptions extends Omit<ServerOptions, 'port'> {
  /** How many to start with. */
  readonly workers: number;
}

/**
 * The same handler as several servers, a process and a port each: how many there are is an operator's decision, not the
 * load's. Without a word from outside, one that is gone stays gone.
 */
export class ServerFleet {
  readonly #options: Omit<ServerOptions, 'port'>;
  readonly #running = new Map<string, { readonly number: number; readonly server: ServerProcess }>();
  /** All that were ever started: their disks stay until the end. */
  readonly #started: ServerProcess[] = [];
  #numbers = 0;

  private constructor(options: Omit<ServerOptions, 'port'>) {
    this.#options = options;
  }

  /** Resolves when all of them listen; where one does not come up, none is left. @throws ServerFailed */
  static async start({ workers, ...options }: FleetOptions): Promise<ServerFleet> {
    const fleet = new ServerFleet(options);
    const started = await Promise.allSettled(Array.from({ length: workers }, () => fleet.add()));
    const failure = started.find((one) => one.status === 'rejected');
    if (failure) {
      await fleet.close();
      throw failure.reason;
    }
    return fleet;
  }

  /** Those that run now, by their numbers. */
  get workers(): readonly Worker[] {
    const numbered = [...this.#running].sort(([, { number: one }], [, { number: other }]) => one - other);
    return numbered.map(([id, { server }]) => describe(id, server));
  }

  /** Bytes of what all that ever ran have written. */
  get outputBytes(): number {
    return this.#started.reduce((sum, { outputBytes }) => sum + outputBytes, 0);
  }

  /** Starts one more. @throws ServerFailed */
  async add(): Promise<Worker> {
    this.#numbers += 1;
    const number = this.#numbers;
    const id = `worker-${number}`;
    const server = await startServer(this.#options);
    this.#started.push(server);
    this.#running.set(id, { number, server });
    server.exited.then(() => this.#running.delete(id));
    return describe(id, server);
  }

  /** Ends one at once, as a crash does. */
  async kill({ id }: Pick<Worker, 'id'>): Promise<void> {
    await this.#find(id).kill();
  }

  /** Asks one to finish what it is doing and end, as a deploy or scaling in does. */
  async stop({ id }: Pick<Worker, 'id'>): Promise<void> {
    await this.#find(id).stop();
  }

  /** Ends one at once and starts another in its place, with an id, a port and a memory of its own. */
  async replace(worker: Pick<Worker, 'id'>): Promise<Worker> {
    await this.kill(worker);
    return await this.add();
  }

  /** Ends all of them and removes what they left on their disks. */
  async close(): Promise<void> {
    await Promise.all(this.#started.map((server) => server.close()));
  }

  #find(id: string): ServerProcess {
    const running = this.#running.get(id);
    if (running) {
      return running.server;
    }
    throw new RangeError(`There is no ${id}: ${this.workers.map((worker) => worker.id).join(', ') || 'none'} run.`);
  }
}

function describe(id: string, { url, processId, temporaryDirectory, exited }: ServerProcess): Worker {
  return { id, url, processId, temporaryDirectory, exited };
}
