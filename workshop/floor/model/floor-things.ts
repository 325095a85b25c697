import type { Exit, Thing } from '../protocol.ts';
import type { Message } from './queue-model.ts';

/** An order on the floor, or a message that is of none. */
export interface OnFloor {
  /** Of a customer of this floor, whose number it has, 0 or more. What came in another way counts down from -1. */
  readonly id: number;
  readonly recipe: string;
  orderId: string | undefined;
  environment: string;
  /** A message that is of no order. */
  message: Message | undefined;
}

/** What is on the floor, and what of it has changed since somebody looked. */
export class FloorThings {
  readonly #onFloor = new Map<number, OnFloor>();
  readonly #changed = new Set<number>();
  readonly #exits = new Map<number, Thing>();
  readonly #show: (thing: OnFloor) => Thing;
  #others = 0;

  /** @param show says where a thing is, and how it looks */
  constructor(show: (thing: OnFloor) => Thing) {
    this.#show = show;
  }

  get(id: number | undefined): OnFloor | undefined {
    return id === undefined ? undefined : this.#onFloor.get(id);
  }

  values(): IteratorObject<OnFloor> {
    return this.#onFloor.values();
  }

  /** A customer of this floor comes. */
  enter(customer: number, recipe: string): void {
    this.#add({ id: customer, recipe, orderId: undefined, environment: '', message: undefined });
  }

  /** What no customer of this floor brought. */
  appear(what: { readonly orderId?: string; readonly message?: Message }): OnFloor {
    this.#others -= 1;
    const { orderId, message } = what;
    const thing: OnFloor = { id: this.#others, recipe: '', orderId, environment: '', message };
    this.#add(thing);
    return thing;
  }

  change({ id }: OnFloor): void {
    if (this.#onFloor.has(id)) {
      this.#changed.add(id);
    }
  }

  leave(thing: OnFloor, place: Exit): void {
    this.#exits.set(thing.id, { ...this.#show(thing), place });
    this.#onFloor.delete(thing.id);
    this.#changed.delete(thing.id);
  }

  all(): Thing[] {
    return [...this.#onFloor.values()].map(this.#show);
  }

  /** What changed since this was asked last. */
  takeChanges(): Thing[] {
    const changed = [...this.#changed].flatMap((id) => this.get(id) ?? []);
    const all = [...changed.map(this.#show), ...this.#exits.values()];
    this.#changed.clear();
    this.#exits.clear();
    return all;
  }

  #add(thing: OnFloor): void {
    this.#onFloor.set(thing.id, thing);
    this.#changed.add(thing.id);
  }
}
