import type { ActivityEvent, Snapshot } from 'embedded-aws';
import { describeStack, withCloudFormation } from '../../../client/cloudformation/describe-stack.ts';
import { clientConfiguration } from '../../../client/endpoint/client-configuration.ts';
import { orderRequestOf } from '../../compare/load/visit.ts';
import { residentMemoryOf } from '../../compare/side/memory.ts';
import { type Faults, faultsAt } from '../../experiment/fault-port.ts';
import type { Snapshot as Chapter } from '../../snapshots.ts';
import { LaneCustomers } from '../customers/lane-customers.ts';
import { partsOf, resourcesOf } from '../endpoint/lane-resources.ts';
import { pollQueue } from '../endpoint/poll-queue.ts';
import { PolledLogs } from '../endpoint/polled-logs.ts';
import { satisfactionOf } from '../endpoint/satisfaction.ts';
import type { LaneInput } from '../model/input.ts';
import { LaneModel } from '../model/lane-model.ts';
import type { LaneFrame, LaneParts, LaneSummary } from '../protocol.ts';
import type { Lane } from './lane.ts';
import { figuresOf, LaneFrames } from './lane-frames.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { seed } from './seed.ts';

const memoryEveryMs = 1_500;
/** The factory's report reads everything that it knows of satisfaction: seldom is often enough. */
const satisfactionEveryMs = 10_000;

export interface StackLaneOptions {
  readonly endpoint: string;
  readonly snapshot: Chapter;
  /** What is to be seen of it, in some words. */
  readonly subtitle: string;
  /** The stack that is watched: `Factor06-Prod`. */
  readonly stack: string;
  /** Makes the names of its customers its own. */
  readonly run: string;
  /** Whether anybody looks: what only a person wants to know is not asked for nobody. */
  readonly isWatched: () => boolean;
}

interface Opened {
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly model: LaneModel;
  readonly customers: LaneCustomers;
}

const noParts: LaneParts = {
  runsOn: 'Lambda',
  hasQueue: false,
  hasDeadLetters: false,
  hasTable: false,
  hasVersions: false,
};

/** A snapshot that is deployed as a stack. It opens as soon as its stack is there, closes when that is gone, and opens again with the next. */
export class StackLane implements Lane {
  readonly #options: StackLaneOptions;
  readonly #timers: readonly NodeJS.Timeout[];
  #opened: Opened | undefined;
  #status: LaneSummary['status'] = 'building';
  #doing = '';
  #lastSnapshot: Snapshot | undefined;
  #opening: Promise<void> | undefined;
  readonly #frames = new LaneFrames();
  #isClosed = false;
  #logs: PolledLogs | undefined;
  #isAnother = false;

  constructor(options: StackLaneOptions) {
    this.#options = options;
    this.#timers = [
      setInterval(
        oneAtATime(() => this.#measureMemory()),
        memoryEveryMs,
      ),
      setInterval(
        oneAtATime(() => this.#askSatisfaction()),
        satisfactionEveryMs,
      ),
    ];
  }

  get title(): string {
    return `Snapshot ${this.#options.snapshot.number}`;
  }

  get number(): number {
    return this.#options.snapshot.number;
  }

  get stack(): string {
    return this.#options.stack;
  }

  get outputs(): Readonly<Record<string, string>> | undefined {
    return this.#opened?.outputs;
  }

  get parts(): LaneParts {
    return this.#opened ? partsOf(this.#opened.outputs, this.#opened.parameters) : noParts;
  }

  get isOpen(): boolean {
    return this.#status === 'open';
  }

  arrive(index: number): void {
    if (this.#opened && this.isOpen) {
      void this.#opened.customers.order(index, orderRequestOf(index, seed, this.#options.run));
    }
  }

  snapshot(snapshot: Snapshot): void {
    this.#lastSnapshot = snapshot;
    const stacks = snapshot.regions.flatMap(({ stacks: all }) => all);
    const stack = stacks.find(({ name }) => name === this.#options.stack);
    this.#apply({ type: 'present', snapshot });
    if (stack) {
      this.#stackIs(stack.status);
    } else if (this.#opened) {
      this.#close('gone');
    }
  }

  happened(event: ActivityEvent): void {
    if (event.type === 'stack.changed' && event.stack === this.#options.stack) {
      this.#stackIs(event.status);
    }
    if (event.type === 'stack.resourceChanged' && event.stack === this.#options.stack) {
      this.#doing = event.status.endsWith('IN_PROGRESS') ? `CloudFormation makes ${event.logicalId}` : this.#doing;
    }
    if (event.type === 'environment.ended' && this.#opened) {
      const orders = this.#opened.model.ordersIn(event.environment);
      this.#apply({ type: 'event', event });
      this.#opened.customers.askNow(orders);
      return;
    }
    this.#apply({ type: 'event', event });
  }

  takeIsAnother(): boolean {
    const isAnother = this.#isAnother;
    this.#isAnother = false;
    return isAnother;
  }

  // What cannot be asked now is asked the next time.
  readonly poll = oneAtATime(() => this.#pollOnce().catch(() => undefined));

  async #pollOnce(): Promise<void> {
    if (!this.#opened) {
      await this.#open();
    }
    const { endpoint } = this.#options;
    const polled = await pollQueue(this.#opened?.outputs ?? {}, endpoint);
    if (polled) {
      this.#apply(polled);
    }
    if (this.#opened && this.#options.isWatched()) {
      this.#logs ??= new PolledLogs(this.#functions(), endpoint);
      for (const text of await this.#logs.next()) {
        this.#apply({ type: 'logged', text });
      }
    }
  }

  say(doing: string): void {
    this.#doing = doing;
  }

  tick(): void {
    this.#apply({ type: 'tick', time: Date.now() });
  }

  async kill(environment: string): Promise<boolean> {
    const killed = await Promise.all(this.#functions().map((name) => this.#faults.killOne(name, environment)));
    return killed.includes(true);
  }

  async killAtWork(): Promise<void> {
    const { OrderingFunction, BakingFunction = OrderingFunction } = this.#opened?.outputs ?? {};
    if (BakingFunction !== undefined) {
      await this.#faults.killAtWork(BakingFunction, 1);
    }
  }

  async killAll(): Promise<void> {
    const { OrderingFunction, BakingFunction } = this.#opened?.outputs ?? {};
    const names = [OrderingFunction, BakingFunction].filter((name) => name !== undefined);
    await Promise.all(names.map((name) => this.#faults.kill(name)));
  }

  get #faults(): Faults {
    return faultsAt(this.#options.endpoint);
  }

  #functions(): string[] {
    return Object.entries(this.#opened?.outputs ?? {}).flatMap(([key, name]) =>
      key.endsWith('Function') ? [name] : [],
    );
  }

  whole(): LaneFrame {
    return this.#frames.whole(this.#opened?.model, this.summary());
  }

  changes(): LaneFrame {
    return this.#frames.changes(this.#opened?.model, this.summary());
  }

  summary(): LaneSummary {
    return {
      title: this.title,
      subtitle: this.#options.subtitle,
      status: this.#status,
      doing: this.#doing,
      parts: this.parts,
      ...figuresOf(this.#opened?.model),
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) {
      clearInterval(timer);
    }
    this.#opened?.customers.close();
    this.#logs?.close();
  }

  #apply(input: LaneInput): void {
    this.#opened?.model.apply(input);
  }

  #stackIs(status: string): void {
    const isDone = /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(status);
    if (status === 'DELETE_COMPLETE') {
      this.#close('gone');
    } else if (isDone) {
      this.#doing = '';
      this.#opening ??= this.#open().finally(() => {
        this.#opening = undefined;
      });
    } else if (status === 'DELETE_IN_PROGRESS') {
      this.#doing = 'CloudFormation deletes it';
    }
  }

  async #open(): Promise<void> {
    const { endpoint, stack } = this.#options;
    const configuration = clientConfiguration(endpoint);
    const found = await withCloudFormation(configuration, (client) => describeStack(stack, client));
    const url = found?.outputs['OrderingUrl'];
    if (!found || !url || this.#isClosed) {
      return;
    }
    const { outputs, parameters } = found;
    if (this.#opened?.outputs['OrderingUrl'] === url) {
      this.#opened = { ...this.#opened, outputs, parameters };
      this.#status = 'open';
      return;
    }
    const model = new LaneModel(await resourcesOf(outputs, endpoint));
    const customers: LaneCustomers = new LaneCustomers(url, (input) => model.apply(input));
    this.#opened?.customers.close();
    this.#logs?.close();
    this.#logs = undefined;
    this.#opened = { outputs, parameters, model, customers };
    this.#status = 'open';
    this.#frames.clear();
    this.#isAnother = true;
    if (this.#lastSnapshot) {
      model.apply({ type: 'present', snapshot: this.#lastSnapshot });
    }
  }

  #close(status: 'gone'): void {
    this.#opened?.customers.close();
    this.#opened = undefined;
    this.#frames.clear();
    this.#isAnother = true;
    this.#status = status;
    this.#doing = 'Its stack was deleted. Deploy it again, and the floor opens.';
  }

  async #measureMemory(): Promise<void> {
    const { model } = this.#opened ?? {};
    if (!model || !this.#options.isWatched()) {
      return;
    }
    // An endpoint that is gone, or has no fault port, tells no processes: then the memory is not known.
    const lists = await Promise.all(this.#functions().map((name) => this.#faults.environments(name))).catch(
      () => undefined,
    );
    const bytes = lists && (await residentMemoryOf(lists.flat().map(({ processId }) => processId)));
    model.apply({ type: 'memory', bytes });
  }

  async #askSatisfaction(): Promise<void> {
    const { outputs, model } = this.#opened ?? {};
    if (outputs && model && this.#options.isWatched()) {
      const share = await satisfactionOf(outputs, this.#options.endpoint).catch(() => undefined);
      model.apply({ type: 'satisfied', share });
    }
  }
}
