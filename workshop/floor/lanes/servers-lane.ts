import { join } from 'node:path';
import type { ActivityEvent, Snapshot } from 'embedded-aws';
import { clientConfiguration } from '../../../client/endpoint/client-configuration.ts';
import { orderRequestOf } from '../../compare/load/visit.ts';
import { residentMemoryOf } from '../../compare/side/memory.ts';
import { kitchenEnvironment } from '../../compare/stage.ts';
import { ServerFleet, type Worker } from '../../servers/server-fleet.ts';
import { type StickyBalancer, startStickyBalancer, workerCookie } from '../../servers/sticky-balancer.ts';
import { LaneCustomers } from '../customers/lane-customers.ts';
import { LaneModel } from '../model/lane-model.ts';
import type { LaneFrame, LaneParts, LaneSummary } from '../protocol.ts';
import type { Lane } from './lane.ts';
import { figuresOf, LaneFrames } from './lane-frames.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { seed } from './seed.ts';

const root = join(import.meta.dirname, '..', '..', 'servers', 'stateful-kitchen.ts');
const servers = 3;
const measureEveryMs = 1_500;
/** How long a server that is to go still serves those that it knows. */
const drainMs = 750;

export interface ServersLaneOptions {
  readonly endpoint: string;
  readonly run: string;
  /** The outputs of the finished factory, whose recipes and oven the servers use; undefined while it is not there. */
  readonly finished: () => Readonly<Record<string, string>> | undefined;
}

interface Opened {
  readonly fleet: ServerFleet;
  readonly balancer: StickyBalancer;
  readonly model: LaneModel;
  readonly customers: LaneCustomers;
}

/** The same kitchen as stateful servers behind a sticky balancer. An operator replaces each that ends. */
export class ServersLane implements Lane {
  readonly title = 'Stateful servers';
  readonly number = undefined;
  readonly stack = undefined;
  readonly outputs = undefined;
  readonly parts: LaneParts = {
    runsOn: 'servers',
    hasQueue: false,
    hasDeadLetters: false,
    hasTable: false,
    hasVersions: false,
  };
  readonly #options: ServersLaneOptions;
  readonly #frames = new LaneFrames();
  readonly #timer: NodeJS.Timeout;
  #opened: Opened | undefined;
  #opening: Promise<void> | undefined;
  #doing = '';
  #isAnother = false;
  #isClosed = false;

  constructor(options: ServersLaneOptions) {
    this.#options = options;
    this.#timer = setInterval(
      oneAtATime(() => this.#measure()),
      measureEveryMs,
    );
  }

  get isOpen(): boolean {
    return this.#opened !== undefined;
  }

  arrive(index: number): void {
    void this.#opened?.customers.order(index, orderRequestOf(index, seed, this.#options.run));
  }

  // What the endpoint tells is not of them.
  snapshot(_snapshot: Snapshot): void {}
  happened(_event: ActivityEvent): void {}
  poll(): void {}

  tick(): void {
    this.#opened?.model.apply({ type: 'tick', time: Date.now() });
    const finished = this.#options.finished();
    if (finished && !this.#opened && !this.#isClosed) {
      this.#opening ??= this.#open(finished)
        .catch((error: unknown) => this.say(error instanceof Error ? error.message : String(error)))
        .finally(() => {
          this.#opening = undefined;
        });
    }
  }

  say(doing: string): void {
    this.#doing = doing;
  }

  async kill(environment: string): Promise<boolean> {
    const worker = this.#opened?.fleet.workers.find(({ id }) => id === environment);
    if (!worker || !this.#opened) {
      return false;
    }
    // The balancer is not told: it finds out, as balancers do.
    await this.#opened.fleet.kill(worker);
    await this.#add(this.#opened);
    return true;
  }

  /** The one that has most orders in its memory. */
  async killAtWork(): Promise<void> {
    const { fleet, model } = this.#opened ?? {};
    const ids = fleet?.workers.map(({ id }) => id) ?? [];
    const [busiest] = ids.toSorted((a, b) => (model?.ordersIn(b).length ?? 0) - (model?.ordersIn(a).length ?? 0));
    if (busiest !== undefined) {
      await this.kill(busiest);
    }
  }

  async killAll(): Promise<void> {
    const { workers = [] } = this.#opened?.fleet ?? {};
    await Promise.all(workers.map(({ id }) => this.kill(id)));
  }

  /** One server after the other: a new one comes, and the old one goes when those that it serves have been served. */
  async deployAgain(): Promise<void> {
    const { fleet, balancer } = this.#opened ?? {};
    if (!this.#opened || !fleet || !balancer) {
      return;
    }
    for (const old of fleet.workers) {
      await this.#add(this.#opened);
      balancer.drain(old.id);
      await new Promise((resolve) => setTimeout(resolve, drainMs));
      balancer.remove(old.id);
      await fleet.stop(old);
    }
  }

  takeIsAnother(): boolean {
    const isAnother = this.#isAnother;
    this.#isAnother = false;
    return isAnother;
  }

  summary(): LaneSummary {
    return {
      title: this.title,
      subtitle: 'behind a sticky balancer',
      status: this.isOpen ? 'open' : 'building',
      doing: this.#doing,
      parts: this.parts,
      ...figuresOf(this.#opened?.model),
    };
  }

  whole(): LaneFrame {
    return this.#frames.whole(this.#opened?.model, this.summary());
  }

  changes(): LaneFrame {
    return this.#frames.changes(this.#opened?.model, this.summary());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#opening;
    this.#opened?.customers.close();
    await this.#opened?.balancer.close();
    await this.#opened?.fleet.close();
  }

  async #open(finished: Readonly<Record<string, string>>): Promise<void> {
    const environment = await kitchenEnvironment(finished, clientConfiguration(this.#options.endpoint));
    const fleet = await ServerFleet.start({ root, environment, workers: servers });
    const balancer = await startStickyBalancer({ workers: fleet.workers });
    const model = new LaneModel({
      ...{ functions: { servers: 'counter' }, memory: {}, tables: [], cleanup: undefined },
      ...{ queue: undefined, visibilityTimeoutMs: 0, deadLetterQueue: undefined, orderTable: undefined },
    });
    const customers = new LaneCustomers(balancer.url, (input) => model.apply(input), workerCookie);
    const opened = { fleet, balancer, model, customers };
    for (const worker of fleet.workers) {
      this.#watch(worker, opened);
    }
    this.#opened = opened;
    this.#frames.clear();
    this.#isAnother = true;
  }

  async #add(opened: Opened): Promise<void> {
    if (!this.#isClosed) {
      const worker = await opened.fleet.add();
      this.#watch(worker, opened);
      opened.balancer.add(worker);
    }
  }

  /** Tells the model of a server's life, in the words in which the endpoint tells of an environment's. */
  #watch({ id, exited }: Worker, { model, customers }: Opened): void {
    const tell = (told: object) => {
      const of = { id, time: Date.now(), region: null, function: 'servers', version: '', environment: id };
      model.apply({ type: 'event', event: { ...of, ...told } as ActivityEvent });
    };
    tell({ type: 'environment.idle' });
    void exited.then(() => {
      const orders = model.ordersIn(id);
      tell({ type: 'environment.ended', reason: 'killed', detail: '' });
      customers.askNow(orders);
    });
  }

  async #measure(): Promise<void> {
    const { fleet, model } = this.#opened ?? {};
    if (fleet && model) {
      const { workers } = fleet;
      model.apply({ type: 'memory', bytes: await residentMemoryOf(workers.map(({ processId }) => processId)) });
      const seconds = measureEveryMs / 1000;
      model.apply({ type: 'billed', what: 'serverSeconds', amount: workers.length * seconds });
      model.apply({ type: 'billed', what: 'balancerSeconds', amount: seconds });
    }
  }
}
