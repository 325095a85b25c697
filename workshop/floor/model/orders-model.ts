import type { Thing } from '../protocol.ts';
import { FloorThings, type OnFloor } from './floor-things.ts';
import type { Acknowledged, OrdersOptions, Seen } from './input.ts';
import { MessageOwners } from './message-owners.ts';
import { isHidden, placeOf } from './place-of.ts';
import { type Message, QueueModel } from './queue-model.ts';

/** Milliseconds after which an order that no customer of the floor placed is taken for somebody else's. */
const adoptAfterMs = 1_500;
/** What somebody else ordered leaves the floor so many milliseconds after it was stored, once it is baked: nobody comes for it. */
const othersStayMs = 12_000;
/** So many that are not on the floor any more are remembered, so that a late event does not bring one back. */
const mostRemembered = 20_000;

interface Order {
  /** Undefined until it is known whose it is. */
  thing: number | undefined;
  isBaked: boolean;
  bakedAt: string | undefined;
  isBakedTwice: boolean;
  readonly since: number;
}

/** Every order of a lane, and where it is. */
export class OrdersModel {
  readonly #things = new FloorThings((thing) => this.#shown(thing));
  readonly #orders = new Map<string, Order>();
  readonly #poison = new Map<string, OnFloor>();
  readonly #queue: QueueModel;
  readonly #owners = new MessageOwners();
  readonly #options: OrdersOptions;
  bakedTwice = 0;

  constructor(options: OrdersOptions) {
    this.#options = options;
    this.#queue = new QueueModel(options.visibilityTimeoutMs);
  }

  arrived(customer: number, recipe: string): void {
    this.#things.enter(customer, recipe);
  }

  /** An environment of the counter has begun to serve somebody: whoever came first, as far as anybody knows. */
  served(environment: string): void {
    const isNext = (thing: OnFloor) => thing.orderId === undefined && !thing.message && thing.environment === '';
    const next = this.#things.values().find(isNext);
    if (next) {
      next.environment = environment;
      this.#things.change(next);
    }
  }

  acknowledged({ customer, orderId, bakedAt, time }: Acknowledged, environment: string | undefined): void {
    const thing = this.#things.get(customer);
    if (!thing) {
      return;
    }
    const order = this.#orders.get(orderId) ?? this.#remember(orderId, time);
    thing.orderId = orderId;
    thing.environment = environment ?? thing.environment;
    order.thing = customer;
    if (bakedAt !== undefined) {
      order.isBaked = true;
      order.bakedAt = bakedAt;
    }
    this.#things.change(thing);
  }

  stored(orderId: string, time: number): void {
    const known = this.#orders.get(orderId);
    if (!known) {
      this.#remember(orderId, time);
      this.#owners.stored(orderId, time);
    } else if (this.#owners.of(orderId) === undefined && !known.isBaked) {
      // Its answer was faster than the event.
      this.#owners.stored(orderId, time);
    }
  }

  /** An order was written, and was there before. */
  writtenAgain(orderId: string): void {
    const message = this.#owners.writtenAgain(orderId);
    this.#takePoison(message);
    this.#touch(message);
  }

  sent(messageId: string, time: number): void {
    const message = this.#queue.sent(messageId);
    this.#owners.sent(message, time);
    if (message.orderId === undefined) {
      this.#poison.set(messageId, this.#things.appear({ message }));
    }
    this.#touch(message);
  }

  received(messageId: string, tries: number, time: number): void {
    this.#touch(this.#queue.received(messageId, tries, time));
  }

  returned(messageId: string): void {
    this.#touch(this.#queue.returned(messageId));
  }

  deadLettered(messageId: string): void {
    this.#touch(this.#queue.deadLettered(messageId));
  }

  taken(environment: string): void {
    for (const message of this.#queue.taken(environment)) {
      this.#touch(message);
    }
  }

  deleted(messageId: string, reason: 'deleted' | 'expired' | 'redriven', time: number): void {
    const message = this.#queue.deleted(messageId);
    if (!message) {
      return;
    }
    this.#takePoison(message);
    if (reason !== 'deleted') {
      this.#owners.dropped(message, reason === 'redriven', time);
    } else {
      const order = this.#orderOf(message);
      if (order?.isBaked === false) {
        order.isBaked = true;
        this.#owners.done(message, time);
      } else {
        this.#owners.dropped(message, false, time);
      }
    }
    this.#touch(message);
  }

  purged(): void {
    for (const message of this.#queue.purged()) {
      this.#takePoison(message);
      this.#owners.dropped(message, false, 0);
      this.#touch(message);
    }
  }

  /** A customer saw an order. Returns whether it was not known to be baked before. */
  seen({ orderId, bakedAt, bakes = 1, asked }: Seen): boolean {
    const order = this.#orders.get(orderId);
    if (!order) {
      return false;
    }
    if (bakedAt === undefined) {
      if (asked !== undefined && this.#owners.seenUnbaked(orderId, asked)) {
        this.#isNotBaked(orderId);
      }
      return false;
    }
    const isNews = !order.isBaked;
    const isOtherBake = order.bakedAt !== undefined && order.bakedAt !== bakedAt;
    if ((isOtherBake || bakes > 1) && !order.isBakedTwice) {
      order.isBakedTwice = true;
      this.bakedTwice += 1;
    }
    order.bakedAt = bakedAt;
    order.isBaked = true;
    const other = this.#owners.seenBaked(orderId);
    if (other !== undefined) {
      this.#isNotBaked(other);
    }
    this.#changeOf(order);
    return isNews;
  }

  refused(customer: number): void {
    const thing = this.#things.get(customer);
    if (thing) {
      this.#things.leave(thing, 'refused');
    }
  }

  left(orderId: string, exit: 'collected' | 'lost'): void {
    const thing = this.#things.get(this.#orders.get(orderId)?.thing);
    if (thing) {
      this.#things.leave(thing, exit);
    }
    this.#owners.forget(orderId);
  }

  /** Puts on the floor what somebody else ordered, and forgets what is long gone. */
  tick(time: number): void {
    for (const [orderId, order] of this.#orders) {
      if (order.thing === undefined && time - order.since > adoptAfterMs) {
        order.thing = this.#things.appear({ orderId }).id;
      }
      const thing = this.#things.get(order.thing);
      if (thing && thing.id < 0 && order.isBaked && time - order.since > othersStayMs) {
        this.left(orderId, 'collected');
      }
      if (this.#orders.size > mostRemembered && order.thing !== undefined && !this.#things.get(order.thing)) {
        this.#orders.delete(orderId);
      }
    }
  }

  /** The orders that an environment took, and that are on the floor still. */
  ordersIn(environment: string): string[] {
    const isIn = (thing: OnFloor) => thing.environment === environment;
    return [...this.#things.values().filter(isIn)].flatMap(({ orderId }) => orderId ?? []);
  }

  /** An environment is gone. Returns the messages that it had in hand. */
  abandoned(environment: string): Message[] {
    const inHand = this.#queue.abandoned(environment);
    for (const message of inHand) {
      this.#touch(message);
    }
    return inHand;
  }

  /** Everything that is on the floor. */
  all(): Thing[] {
    return this.#things.all();
  }

  /** What changed since this was asked last. */
  takeChanges(): Thing[] {
    return this.#things.takeChanges();
  }

  #shown(thing: OnFloor): Thing {
    const order = thing.orderId === undefined ? undefined : this.#orders.get(thing.orderId);
    const message = thing.message ?? (thing.orderId === undefined ? undefined : this.#owners.of(thing.orderId));
    const isBaked = order?.isBaked ?? false;
    const place = placeOf(thing, { isBaked, message }, this.#options);
    return {
      id: thing.id,
      place,
      environment: place === 'oven' ? (message?.environment ?? '') : thing.environment,
      recipe: thing.recipe,
      isBaked,
      tries: message?.tries ?? 0,
      isPoison: thing.message !== undefined,
      isBakedTwice: order?.isBakedTwice ?? false,
      hiddenUntil: message && place === 'belt' && isHidden(message) ? message.hiddenUntil : 0,
    };
  }

  /** What was taken for poison is gone, or is an order after all. */
  #takePoison(message: Message | undefined): void {
    const poison = message && this.#poison.get(message.id);
    if (poison) {
      this.#poison.delete(message.id);
      this.#things.leave(poison, 'collected');
    }
  }

  #isNotBaked(orderId: string): void {
    const order = this.#orders.get(orderId);
    if (order) {
      order.isBaked = false;
      this.#changeOf(order);
    }
  }

  #remember(orderId: string, since: number): Order {
    const order: Order = { thing: undefined, isBaked: false, bakedAt: undefined, isBakedTwice: false, since };
    this.#orders.set(orderId, order);
    return order;
  }

  #orderOf({ orderId }: Message): Order | undefined {
    return orderId === undefined ? undefined : this.#orders.get(orderId);
  }

  #touch(message: Message | undefined): void {
    const poison = message && this.#poison.get(message.id);
    if (poison) {
      this.#things.change(poison);
    }
    const order = message && this.#orderOf(message);
    if (order) {
      this.#changeOf(order);
    }
  }

  #changeOf(order: Order): void {
    const thing = this.#things.get(order.thing);
    if (thing) {
      this.#things.change(thing);
    }
  }
}
