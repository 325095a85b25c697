import type { ActivityEvent, Snapshot } from 'embedded-aws';
import { describeStack, withCloudFormation } from '../../client/cloudformation/describe-stack.ts';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import { orderRequestOf } from '../compare/load/visit.ts';
import { residentMemoryOf } from '../compare/side/memory.ts';
import { faultsAt } from '../experiment/fault-port.ts';
import type { Snapshot as Chapter } from '../snapshots.ts';
import { LaneCustomers } from './customers/lane-customers.ts';
import { partsOf, resourcesOf } from './endpoint/lane-resources.ts';
import { satisfactionOf } from './endpoint/satisfaction.ts';
import type { LaneInput } from './model/input.ts';
import { LaneModel } from './model/lane-model.ts';
import type { LaneFrame, LaneParts, LaneSummary, Thing } from './protocol.ts';

/** What is shown of one lane at a time. More orders are counted, and not drawn. */
const mostThings = 2_000;
const memoryEveryMs = 1_500;
/** The factory's report reads everything that it knows of satisfaction: seldom is often enough. */
const satisfactionEveryMs = 10_000;
const seed = 12;

export interface LaneOptions {
  readonly endpoint: string;
  readonly snapshot: Chapter;
  /** The stack that is watched: `Factor06-Prod`. */
  readonly stack: string;
  /** Makes the names of its customers its own. */
  readonly run: string;
  /** Whether anybody looks: what only a person wants to know is not asked for nobody. */
  readonly isWatched: () => boolean;
}

interface Opened {
  readonly outputs: Readonly<Record<string, string>>;
  readonly model: LaneModel;
  readonly customers: LaneCustomers;
}

const noParts: LaneParts = { hasQueue: false, hasDeadLetters: false, hasTable: false, hasVersions: false };

/** A factory on the floor. It opens as soon as its stack is there, closes when that is gone, and opens again with the next. */
export class Lane {
  readonly options: LaneOptions;
  readonly #timers: readonly NodeJS.Timeout[];
  #opened: Opened | undefined;
  #status: LaneSummary['status'] = 'building';
  #doing = '';
  #lastSnapshot: Snapshot | undefined;
  #opening: Promise<void> | undefined;
  #shownThings = new Set<number>();
  #summary = '';
  #isClosed = false;
  #isAnother = false;

  constructor(options: LaneOptions) {
    this.options = options;
    this.#timers = [
      setInterval(() => void this.#measureMemory(), memoryEveryMs),
      setInterval(() => void this.#askSatisfaction(), satisfactionEveryMs),
    ];
  }

  /** The outputs of its stack, once it is there. */
  get outputs(): Readonly<Record<string, string>> | undefined {
    return this.#opened?.outputs;
  }

  get parts(): LaneParts {
    return this.#opened ? partsOf(this.#opened.outputs) : noParts;
  }

  get isOpen(): boolean {
    return this.#status === 'open';
  }

  /** The same customer orders the same in every lane. */
  arrive(index: number): void {
    if (this.#opened && this.isOpen) {
      void this.#opened.customers.order(index, orderRequestOf(index, seed, this.options.run));
    }
  }

  snapshot(snapshot: Snapshot): void {
    this.#lastSnapshot = snapshot;
    const stacks = snapshot.regions.flatMap(({ stacks: all }) => all);
    const stack = stacks.find(({ name }) => name === this.options.stack);
    this.#apply({ type: 'present', snapshot });
    if (stack) {
      this.#stackIs(stack.status);
    } else if (this.#opened) {
      this.#close('gone');
    }
  }

  happened(event: ActivityEvent): void {
    if (event.type === 'stack.changed' && event.stack === this.options.stack) {
      this.#stackIs(event.status);
    }
    if (event.type === 'stack.resourceChanged' && event.stack === this.options.stack) {
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

  /** Whether it is another factory than when this was asked last: a page has to begin anew. */
  takeIsAnother(): boolean {
    const isAnother = this.#isAnother;
    this.#isAnother = false;
    return isAnother;
  }

  /** Looks for the stack of an endpoint that does not tell of it. */
  async look(): Promise<void> {
    if (!this.#opened) {
      await this.#open();
    }
  }

  say(doing: string): void {
    this.#doing = doing;
  }

  tick(): void {
    this.#apply({ type: 'tick', time: Date.now() });
  }

  apply(input: LaneInput): void {
    this.#apply(input);
  }

  /** All there is, for a page that has just come. */
  whole(): LaneFrame {
    const things = this.#opened?.model.everything().slice(-mostThings) ?? [];
    for (const { id } of things) {
      this.#shownThings.add(id);
    }
    return { summary: this.summary(), things };
  }

  /** What changed since this was asked last. */
  changes(): LaneFrame {
    const { things = [], ...rest } = this.#opened?.model.takeChanges() ?? {};
    const shown = things.filter((thing) => this.#isShown(thing));
    const summary = this.summary();
    const text = JSON.stringify(summary);
    const isOther = text !== this.#summary;
    this.#summary = text;
    return { ...rest, ...(shown.length > 0 && { things: shown }), ...(isOther && { summary }) };
  }

  /** Of more than can be drawn those that came first are shown until they leave. */
  #isShown({ id, place }: Thing): boolean {
    const isExit = place === 'collected' || place === 'refused' || place === 'lost';
    if (isExit) {
      return this.#shownThings.delete(id) || place === 'lost';
    }
    if (!this.#shownThings.has(id) && this.#shownThings.size >= mostThings) {
      return false;
    }
    this.#shownThings.add(id);
    return true;
  }

  summary(): LaneSummary {
    const { snapshot } = this.options;
    const model = this.#opened?.model;
    return {
      title: `Snapshot ${snapshot.number}`,
      subtitle: snapshot.factor,
      status: this.#status,
      doing: this.#doing,
      parts: this.parts,
      version: model?.version ?? '',
      environments: model?.environments() ?? [],
      queue: model?.queue ?? null,
      stored: model?.stored ?? null,
      figures: model?.figures() ?? noFigures,
    };
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) {
      clearInterval(timer);
    }
    this.#opened?.customers.close();
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
    const { endpoint, stack } = this.options;
    const configuration = clientConfiguration(endpoint);
    const found = await withCloudFormation(configuration, (client) => describeStack(stack, client));
    const url = found?.outputs['OrderingUrl'];
    if (!found || !url || this.#isClosed) {
      return;
    }
    if (this.#opened?.outputs['OrderingUrl'] === url) {
      this.#opened = { ...this.#opened, outputs: found.outputs };
      this.#status = 'open';
      return;
    }
    const model = new LaneModel(await resourcesOf(found.outputs, endpoint));
    const customers: LaneCustomers = new LaneCustomers(url, (input) => model.apply(input));
    this.#opened?.customers.close();
    this.#opened = { outputs: found.outputs, model, customers };
    this.#status = 'open';
    this.#isAnother = true;
    if (this.#lastSnapshot) {
      model.apply({ type: 'present', snapshot: this.#lastSnapshot });
    }
  }

  #close(status: 'gone'): void {
    this.#opened?.customers.close();
    this.#opened = undefined;
    this.#shownThings = new Set();
    this.#isAnother = true;
    this.#status = status;
    this.#doing = 'Its stack was deleted. Deploy it again, and the floor opens.';
  }

  async #measureMemory(): Promise<void> {
    const { outputs, model } = this.#opened ?? {};
    if (!outputs || !model) {
      return;
    }
    const faults = faultsAt(this.options.endpoint);
    const names = Object.entries(outputs).flatMap(([key, name]) => (key.endsWith('Function') ? [name] : []));
    // An endpoint that is gone, or has no fault port, tells no processes: then the memory is not known.
    const lists = await Promise.all(names.map((name) => faults.environments(name))).catch(() => undefined);
    const bytes = lists && (await residentMemoryOf(lists.flat().map(({ processId }) => processId)));
    model.apply({ type: 'memory', bytes });
  }

  async #askSatisfaction(): Promise<void> {
    const { outputs, model } = this.#opened ?? {};
    if (outputs && model && this.options.isWatched()) {
      const share = await satisfactionOf(outputs, this.options.endpoint).catch(() => undefined);
      model.apply({ type: 'satisfied', share });
    }
  }
}

const noFigures: LaneSummary['figures'] = {
  ...{ arrived: 0, acknowledged: 0, refused: 0, collected: 0, lost: 0, bakedTwice: 0, bakedPerSecond: 0 },
  ...{ answerP50: null, answerP95: null, environments: 0, memoryMegabytes: null, costPerThousand: null },
  ...{ satisfied: null, cleanings: null },
};
