import type { ActivityEvent, Snapshot } from 'embedded-aws';
import type { Figures, LaneFrame, LogLine, QueueFigures, Thing } from '../protocol.ts';
import { Accounts } from './accounts.ts';
import { Aftermath } from './aftermath.ts';
import { EnvironmentsModel } from './environments-model.ts';
import type { CustomerInput, LaneInput, LaneResources } from './input.ts';
import { OrdersModel } from './orders-model.ts';
import { presentIn } from './present.ts';
import { QueueWatch } from './queue-watch.ts';

/** Lines that are told in one frame: more nobody reads. */
const mostLines = 40;
const longestLine = 300;

type Ended = { readonly id: string; readonly reason: string };

/**
 * One factory, by what its endpoint tells and what its customers see. It asks nobody and has no clock: the same inputs make
 * the same floor.
 */
export class LaneModel {
  readonly #resources: LaneResources;
  readonly #environments: EnvironmentsModel;
  readonly #orders: OrdersModel;
  readonly #tables: ReadonlySet<string>;
  readonly #accounts = new Accounts();
  readonly #queue: QueueWatch;
  readonly #aftermath: Aftermath;
  #stored: number | undefined;
  #time = 0;
  #ended: Ended[] = [];
  #lines: LogLine[] = [];

  constructor(resources: LaneResources) {
    this.#resources = resources;
    this.#environments = new EnvironmentsModel(resources.functions);
    this.#orders = new OrdersModel({
      hasQueue: resources.queue !== undefined,
      hasTable: resources.orderTable !== undefined,
      visibilityTimeoutMs: resources.visibilityTimeoutMs,
      isTold: () => this.#accounts.isTold,
    });
    this.#queue = new QueueWatch(resources, this.#orders, this.#accounts);
    this.#aftermath = new Aftermath(keepsOf(resources));
    this.#tables = new Set(resources.tables);
  }

  apply(input: LaneInput): void {
    switch (input.type) {
      case 'event':
        this.#accounts.isTold = true;
        this.#time = Math.max(this.#time, input.event.time);
        this.#happened(input.event);
        break;
      case 'present':
        this.#accounts.isTold = true;
        this.#begin(input.snapshot);
        break;
      case 'tick':
        this.#time = Math.max(this.#time, input.time);
        this.#orders.tick(input.time);
        break;
      case 'memory':
        this.#accounts.memory = input.bytes;
        break;
      case 'billed':
        this.#accounts.bill(input.what, input.amount);
        break;
      case 'satisfied':
        this.#accounts.satisfied = input.share;
        break;
      case 'logged':
        this.#addLine('', input.text);
        break;
      case 'polled':
        this.#queue.counted(input);
        break;
      default:
        this.#customer(input);
        break;
    }
  }

  #happened(event: ActivityEvent): void {
    switch (event.type) {
      case 'environment.started':
        this.#environments.set(event.function, event.environment, event.version, 'starting');
        break;
      case 'environment.idle':
        this.#environments.set(event.function, event.environment, event.version, 'idle');
        break;
      case 'environment.busy':
        this.#busy(event);
        break;
      case 'environment.ended':
        this.#environmentEnded(event);
        break;
      case 'invocation.ended':
        this.#billInvocation(event);
        break;
      case 'item.written':
      case 'item.removed':
        this.#item(event);
        break;
      case 'log.line':
        this.#line(event);
        break;
      default:
        this.#queue.happened(event);
        break;
    }
  }

  #environmentEnded(event: ActivityEvent & { readonly type: 'environment.ended' }): void {
    const role = this.#environments.roleOf(event.function);
    if (role === undefined || !this.#environments.end(event.environment)) {
      return;
    }
    this.#ended.push({ id: event.environment, reason: event.reason });
    const isKilled = event.reason === 'killed' || event.reason === 'crashed';
    const orders = this.#orders.ordersIn(event.environment).length;
    const inHand = this.#orders.abandoned(event.environment);
    // Where orders are kept outside, a process that goes tidily is no news.
    if (isKilled || (this.#resources.orderTable === undefined && orders > 0)) {
      this.#aftermath.ended({ role, isKilled, time: event.time, orders, inHand }, this.#accounts.counts.lost);
    }
  }

  #busy(event: ActivityEvent & { readonly type: 'environment.busy' }): void {
    const role = this.#environments.roleOf(event.function);
    if (role === undefined) {
      return;
    }
    this.#environments.set(event.function, event.environment, event.version, 'busy');
    this.#environments.busy(event.requestId, event.environment);
    if (event.function === this.#resources.cleanup) {
      this.#accounts.cleanings += 1;
    }
    if (role === 'counter') {
      this.#orders.served(event.environment);
    } else if (role === 'baker') {
      this.#orders.taken(event.environment);
      // Lambda asks the queue for a batch, and has it deleted.
      this.#accounts.bill('sqsRequests', 2);
    }
  }

  #billInvocation(event: ActivityEvent & { readonly type: 'invocation.ended' }): void {
    const megabytes = this.#resources.memory[event.function];
    if (megabytes !== undefined) {
      this.#accounts.bill('lambdaRequests', 1);
      this.#accounts.bill('lambdaGbSeconds', (event.durationMs / 1000) * (megabytes / 1024));
    }
  }

  #item(event: ActivityEvent & { readonly type: 'item.written' | 'item.removed' }): void {
    if (this.#tables.has(event.table)) {
      this.#accounts.bill('dynamodbWriteUnits', 1);
    }
    if (event.table !== this.#resources.orderTable) {
      return;
    }
    this.#stored = event.items;
    const orderId = event.key['orderId'];
    if (orderId === undefined || event.type !== 'item.written') {
      return;
    }
    if (event.created) {
      this.#orders.stored(orderId, event.time);
    } else {
      this.#orders.writtenAgain(orderId);
    }
  }

  #line({ group, stream, message }: ActivityEvent & { readonly type: 'log.line' }): void {
    const isOurs = Object.keys(this.#resources.functions).some((name) => group.includes(name) || stream.includes(name));
    if (!isOurs) {
      return;
    }
    this.#accounts.bill('logBytes', message.length);
    const environment = this.#environments.list().find(({ id }) => stream.includes(id))?.id ?? '';
    this.#addLine(environment, message);
  }

  #addLine(environment: string, text: string): void {
    this.#lines.push({ environment, text: text.slice(0, longestLine) });
    this.#lines.splice(0, this.#lines.length - mostLines);
  }

  #customer(input: CustomerInput): void {
    switch (input.type) {
      case 'arrived':
        this.#accounts.counts.arrived += 1;
        this.#orders.arrived(input.customer, input.recipe);
        break;
      case 'acknowledged':
        this.#accounts.counts.acknowledged += 1;
        this.#accounts.answered(input.milliseconds);
        if (this.#resources.queue === undefined && input.bakedAt !== undefined) {
          this.#accounts.baked(input.time);
        }
        this.#orders.acknowledged(input, input.server ?? this.#environments.ofRequest(input.requestId));
        break;
      case 'refused':
        this.#accounts.counts.refused += 1;
        this.#accounts.answered(input.milliseconds);
        this.#orders.refused(input.customer);
        break;
      case 'seen':
        if (this.#resources.orderTable !== undefined) {
          this.#accounts.bill('dynamodbReadUnits', 1);
        }
        if (this.#orders.seen(input) && this.#resources.queue === undefined) {
          this.#accounts.baked(input.time);
        }
        break;
      case 'collected':
      case 'lost':
        this.#accounts.counts[input.type] += 1;
        this.#orders.left(input.orderId, input.type);
        break;
    }
  }

  /** What was on its way before is not known to the endpoint any more, or not to this floor: it stays as it was seen last. */
  #begin(snapshot: Snapshot): void {
    this.#time = Math.max(this.#time, snapshot.time);
    const { environments, queue, stored } = presentIn(snapshot, this.#resources);
    const gone = new Set(this.#environments.clear());
    for (const { id, version, state, function: name } of environments) {
      gone.delete(id);
      this.#environments.set(name, id, version, state);
    }
    this.#queue.counted(queue);
    this.#stored = stored ?? this.#stored;
    this.#ended.push(...[...gone].map((id) => ({ id, reason: 'unknown' })));
  }

  /** The orders that were in the memory of an environment. */
  ordersIn(environment: string): string[] {
    return this.#orders.ordersIn(environment);
  }

  everything(): Thing[] {
    return this.#orders.all();
  }

  /** What happened since this was asked last. */
  takeChanges(): Pick<LaneFrame, 'things' | 'ended' | 'lines'> {
    const [things, ended, lines] = [this.#orders.takeChanges(), this.#ended, this.#lines];
    this.#ended = [];
    this.#lines = [];
    return {
      ...(things.length > 0 && { things }),
      ...(ended.length > 0 && { ended }),
      ...(lines.length > 0 && { lines }),
    };
  }

  get version(): string {
    return this.#environments.version;
  }

  get stored(): number | null {
    return this.#stored ?? null;
  }

  get queue(): QueueFigures | null {
    return this.#queue.figures;
  }

  /** What came of processes that ended, in a sentence; empty where there is nothing to say. */
  get outcome(): string {
    return this.#aftermath.sentence(this.#accounts.counts.lost, this.#time);
  }

  environments() {
    return this.#environments.list();
  }

  figures(): Figures {
    const { length } = this.#environments.list();
    return {
      ...this.#accounts.at(this.#time),
      bakedTwice: this.#orders.bakedTwice,
      environments: this.#accounts.isTold ? length : null,
      cleanings: this.#resources.cleanup === undefined ? null : this.#accounts.cleanings,
    };
  }
}

function keepsOf({ queue, orderTable }: LaneResources) {
  if (orderTable === undefined) {
    return 'memory';
  }
  return queue === undefined ? 'table' : 'queue';
}
