import type { Place, Thing } from '../protocol.ts';
import type { Acknowledged } from './input.ts';
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

interface OnFloor {
  readonly id: number;
  readonly recipe: string;
  orderId: string | undefined;
  environment: string;
  /** A message that is of no order. */
  message: Message | undefined;
}

/** Every order of a lane, and where it is. */
export class OrdersModel {
  readonly #onFloor = new Map<number, OnFloor>();
  readonly #orders = new Map<string, Order>();
  readonly #poison = new Map<string, OnFloor>();
  readonly #queue = new QueueModel();
  readonly #hasQueue: boolean;
  readonly #hasTable: boolean;
  /** Orders whose message is gone, and which nobody has seen baked yet. */
  readonly #presumed = new Set<string>();
  readonly #changed = new Set<number>();
  readonly #exits = new Map<number, Thing>();
  #others = 0;
  bakedTwice = 0;

  constructor({ hasQueue, hasTable }: { readonly hasQueue: boolean; readonly hasTable: boolean }) {
    this.#hasQueue = hasQueue;
    this.#hasTable = hasTable;
  }

  arrived(customer: number, recipe: string): void {
    this.#add({ id: customer, recipe, orderId: undefined, environment: '', message: undefined });
  }

  /** An environment of the counter has begun to serve somebody: whoever came first, as far as anybody knows. */
  served(environment: string): void {
    for (const thing of this.#onFloor.values()) {
      if (thing.orderId === undefined && !thing.message && thing.environment === '') {
        thing.environment = environment;
        this.#changed.add(thing.id);
        return;
      }
    }
  }

  acknowledged({ customer, orderId, bakedAt, time }: Acknowledged, environment: string | undefined): void {
    const thing = this.#onFloor.get(customer);
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
    this.#changed.add(customer);
  }

  stored(orderId: string, time: number): void {
    if (!this.#orders.has(orderId)) {
      this.#remember(orderId, time);
      this.#queue.stored(orderId, time);
    } else if (this.#queue.of(orderId) === undefined && !this.#orders.get(orderId)?.isBaked) {
      // Its answer was faster than the event.
      this.#queue.stored(orderId, time);
    }
  }

  /** An order was written, and was there before. */
  writtenAgain(orderId: string): void {
    const message = this.#queue.writtenAgain(orderId);
    const stray = message && this.#poison.get(message.id);
    if (stray) {
      this.#poison.delete(message.id);
      this.#leave(stray, 'collected');
    }
    this.#touch(message);
  }

  sent(messageId: string, time: number): void {
    const message = this.#queue.sent(messageId, time);
    if (message.orderId === undefined) {
      this.#others -= 1;
      const thing = { id: this.#others, recipe: '', orderId: undefined, environment: '', message };
      this.#poison.set(messageId, thing);
      this.#add(thing);
      return;
    }
    this.#touch(message);
  }

  received(messageId: string, tries: number): void {
    this.#touch(this.#queue.received(messageId, tries));
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
    const message = this.#queue.deleted(messageId, reason === 'redriven', time);
    const poison = this.#poison.get(messageId);
    if (poison) {
      this.#poison.delete(messageId);
      this.#leave(poison, 'collected');
    }
    const order = message?.orderId === undefined ? undefined : this.#orders.get(message.orderId);
    if (!message?.orderId || !order) {
      return;
    }
    if (reason === 'deleted' && !order.isBaked) {
      order.isBaked = true;
      this.#presumed.add(message.orderId);
    }
    this.#changeOf(order);
  }

  purged(): void {
    for (const message of this.#queue.purged()) {
      this.#touch(message);
      const poison = this.#poison.get(message.id);
      if (poison) {
        this.#leave(poison, 'collected');
      }
    }
  }

  /** Returns whether it was not known to be baked before. */
  seen(orderId: string, bakedAt: string | undefined, bakes = 1): boolean {
    const order = this.#orders.get(orderId);
    if (!order || bakedAt === undefined) {
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
    if (!this.#presumed.delete(orderId)) {
      this.#mistaken(orderId);
    }
    this.#changeOf(order);
    return isNews;
  }

  /** It is baked, so the message that was taken for its own is of an order that was taken for baked. */
  #mistaken(orderId: string): void {
    if (!this.#queue.of(orderId)) {
      return;
    }
    const [other] = this.#presumed;
    this.#queue.settled(orderId, other);
    const order = other === undefined ? undefined : this.#orders.get(other);
    if (other !== undefined && order) {
      this.#presumed.delete(other);
      order.isBaked = false;
      this.#changeOf(order);
    }
  }

  refused(customer: number): void {
    const thing = this.#onFloor.get(customer);
    if (thing) {
      this.#leave(thing, 'refused');
    }
  }

  left(orderId: string, exit: 'collected' | 'lost'): void {
    const id = this.#orders.get(orderId)?.thing;
    const thing = id === undefined ? undefined : this.#onFloor.get(id);
    if (thing) {
      this.#leave(thing, exit);
    }
    this.#presumed.delete(orderId);
  }

  /** Puts on the floor what somebody else ordered, and forgets what is long gone. */
  tick(time: number): void {
    for (const [orderId, order] of this.#orders) {
      if (order.thing === undefined && time - order.since > adoptAfterMs) {
        this.#others -= 1;
        order.thing = this.#others;
        this.#add({ id: this.#others, recipe: '', orderId, environment: '', message: undefined });
      }
      const thing = order.thing === undefined ? undefined : this.#onFloor.get(order.thing);
      if (thing && thing.id < 0 && order.isBaked && time - order.since > othersStayMs) {
        this.#leave(thing, 'collected');
      }
      if (this.#orders.size > mostRemembered && order.thing !== undefined && !this.#onFloor.has(order.thing)) {
        this.#orders.delete(orderId);
      }
    }
  }

  /** The orders in the drawers of an environment. */
  ordersIn(environment: string): string[] {
    return [...this.#onFloor.values()].flatMap((thing) =>
      thing.environment === environment && thing.orderId !== undefined ? [thing.orderId] : [],
    );
  }

  get size(): number {
    return this.#onFloor.size;
  }

  /** Everything that is on the floor. */
  all(): Thing[] {
    return [...this.#onFloor.values()].map((thing) => this.#shown(thing));
  }

  /** What changed since this was asked last. */
  takeChanges(): Thing[] {
    const changed = [...this.#changed].flatMap((id) => {
      const thing = this.#onFloor.get(id);
      return thing ? [this.#shown(thing)] : [];
    });
    const all = [...changed, ...this.#exits.values()];
    this.#changed.clear();
    this.#exits.clear();
    return all;
  }

  #shown(thing: OnFloor): Thing {
    const order = thing.orderId === undefined ? undefined : this.#orders.get(thing.orderId);
    const message = thing.message ?? (thing.orderId === undefined ? undefined : this.#queue.of(thing.orderId));
    const place = this.#placeOf(thing, order, message);
    return {
      id: thing.id,
      place,
      environment: place === 'oven' ? (message?.environment ?? '') : thing.environment,
      recipe: thing.recipe,
      isBaked: order?.isBaked ?? false,
      tries: message?.tries ?? 0,
      isPoison: thing.message !== undefined,
      isBakedTwice: order?.isBakedTwice ?? false,
    };
  }

  #placeOf({ orderId, message: own }: OnFloor, order: Order | undefined, message: Message | undefined): Place {
    if (orderId === undefined && !own) {
      return 'counter';
    }
    if (message && !order?.isBaked) {
      return placeOfMessage[message.state];
    }
    if (!this.#hasQueue && !this.#hasTable) {
      return 'drawer';
    }
    return 'shelf';
  }

  #add(thing: OnFloor): void {
    this.#onFloor.set(thing.id, thing);
    this.#changed.add(thing.id);
  }

  #leave(thing: OnFloor, place: 'collected' | 'refused' | 'lost'): void {
    this.#exits.set(thing.id, { ...this.#shown(thing), place });
    this.#onFloor.delete(thing.id);
    this.#changed.delete(thing.id);
  }

  #remember(orderId: string, since: number): Order {
    const order: Order = { thing: undefined, isBaked: false, bakedAt: undefined, isBakedTwice: false, since };
    this.#orders.set(orderId, order);
    return order;
  }

  #touch(message: Message | undefined): void {
    const poison = message && this.#poison.get(message.id);
    if (poison) {
      this.#changed.add(poison.id);
    }
    const order = message?.orderId === undefined ? undefined : this.#orders.get(message.orderId);
    if (order) {
      this.#changeOf(order);
    }
  }

  #changeOf({ thing }: Order): void {
    if (thing !== undefined && this.#onFloor.has(thing)) {
      this.#changed.add(thing);
    }
  }
}

const placeOfMessage = { visible: 'belt', inFlight: 'oven', dead: 'deadLetters' } as const;
