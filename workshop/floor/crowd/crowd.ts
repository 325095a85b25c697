import type { ActivityEvent } from 'embedded-aws';
import { figuresOf, LaneFrames } from '../lanes/lane-frames.ts';
import { LaneModel } from '../model/lane-model.ts';
import type { Frame, LaneFrame, LaneSummary } from '../protocol.ts';

const functions = { ordering: 'counter', baking: 'baker' } as const;
const processes = { ordering: 12, baking: 20 } as const;
const recipes = ['chocolate-chip', 'gingerbread', 'raisin', 'sabayon', 'smores'];
const noCounts = { visible: 0, delayed: 0, inFlight: 0 };

/** A factory that is made up: as many orders as are wanted, for measuring the page. What happens in it goes the way of real events. */
export class Crowd {
  readonly #model = new LaneModel({
    functions,
    memory: {},
    queue: 'bake',
    visibilityTimeoutMs: 60_000,
    deadLetterQueue: 'dead',
    orderTable: 'orders',
    tables: ['orders'],
    cleanup: undefined,
  });
  readonly #frames = new LaneFrames();
  readonly #most: number;
  #arrived = 0;
  #baked = 0;
  #collected = 0;

  /** @param most orders on the floor at a time */
  constructor(most: number) {
    this.#most = most;
    for (const [name, count] of Object.entries(processes)) {
      for (let at = 0; at < count; at += 1) {
        this.#happens({ type: 'environment.idle', function: name, version: '1', environment: `${name}-${at}` });
      }
    }
  }

  /** Orders that came so far. */
  get arrived(): number {
    return this.#arrived;
  }

  /** So many more orders come. As many others are baked, and as many are collected, once there are enough. */
  goOn(orders: number): void {
    for (let i = 0; i < orders; i += 1) {
      this.#arrive();
      if (this.#arrived - this.#baked > this.#most / 2) {
        this.#bake();
      }
      if (this.#arrived - this.#collected > this.#most) {
        this.#model.apply({ type: 'collected', orderId: `order-${this.#collected}` });
        this.#collected += 1;
      }
    }
    this.#model.apply({ type: 'tick', time: this.#arrived });
  }

  whole(): Frame {
    return this.#frame(true, this.#frames.whole(this.#model, this.#summary()));
  }

  changes(): Frame {
    return this.#frame(false, this.#frames.changes(this.#model, this.#summary()));
  }

  #arrive(): void {
    const [customer, orderId] = [this.#arrived, `order-${this.#arrived}`];
    this.#arrived += 1;
    const environment = `ordering-${customer % processes.ordering}`;
    const requestId = `request-${customer}`;
    const served = { function: 'ordering', version: '1', environment };
    this.#model.apply({ type: 'arrived', customer, recipe: recipes[customer % recipes.length] ?? '' });
    this.#happens({ type: 'environment.busy', ...served, requestId });
    this.#happens({ type: 'item.written', table: 'orders', key: { orderId }, items: this.#arrived, created: true });
    this.#happens({ type: 'message.sent', queue: 'bake', messageId: orderId, counts: noCounts });
    this.#happens({ type: 'environment.idle', ...served });
    const answer = { customer, orderId, bakedAt: undefined, requestId, milliseconds: 20, time: customer };
    this.#model.apply({ type: 'acknowledged', ...answer });
  }

  #bake(): void {
    const messageId = `order-${this.#baked}`;
    const oven = { function: 'baking', version: '1', environment: `baking-${this.#baked % processes.baking}` };
    const message = { queue: 'bake', messageId, counts: noCounts };
    this.#baked += 1;
    this.#happens({ type: 'message.received', ...message, receiveCount: 1 });
    this.#happens({ type: 'environment.busy', ...oven, requestId: messageId });
    this.#happens({ type: 'message.deleted', ...message, reason: 'deleted' });
    this.#happens({ type: 'environment.idle', ...oven });
    this.#happens({ type: 'log.line', group: '/aws/lambda/baking', stream: oven.environment, message: messageId });
  }

  #happens(told: object): void {
    const event = { id: '0-0', time: this.#arrived, region: 'eu-west-1', ...told } as unknown as ActivityEvent;
    this.#model.apply({ type: 'event', event });
  }

  #summary(): LaneSummary {
    return {
      ...{ title: 'A crowd', subtitle: 'made up', status: 'open', doing: '' },
      parts: { runsOn: 'Lambda', hasQueue: true, hasDeadLetters: true, hasTable: true, hasVersions: true },
      ...figuresOf(this.#model),
    };
  }

  #frame(isWhole: boolean, lane: LaneFrame): Frame {
    const connection = { isThere: true, text: 'Made up' };
    const settings = { traffic: 0, connection, breaks: [], done: [], scene: '' };
    return { isWhole, lanes: [lane], ...(isWhole && { settings }) };
  }
}
