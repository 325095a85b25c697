import type { Role } from '../protocol.ts';
import { isHidden } from './place-of.ts';
import type { Message } from './queue-model.ts';

/** Processes that end within so many milliseconds are told of together. */
const togetherMs = 3_000;

/** Where orders of a factory are, beside what processes have in hand. */
export type Keeps = 'memory' | 'table' | 'queue';

/** A process that ended, with the work that it had. */
export interface EndedProcess {
  readonly role: Role;
  readonly isKilled: boolean;
  readonly time: number;
  /** Orders that it took, and that nobody has collected. */
  readonly orders: number;
  /** Messages that it had in hand. */
  readonly inHand: readonly Message[];
}

/** Says in a sentence what becomes of the work of processes that ended. */
export class Aftermath {
  readonly #keeps: Keeps;
  #since = Number.NEGATIVE_INFINITY;
  #isKilled = false;
  #bakers = 0;
  #others = 0;
  #orders = 0;
  #lostBefore = 0;
  #inHand: Message[] = [];

  constructor(keeps: Keeps) {
    this.#keeps = keeps;
  }

  /** @param lost orders that were lost before */
  ended({ role, isKilled, time, orders, inHand }: EndedProcess, lost: number): void {
    if (time - this.#since > togetherMs || isKilled !== this.#isKilled) {
      [this.#bakers, this.#others, this.#orders, this.#inHand] = [0, 0, 0, []];
      this.#lostBefore = lost;
      this.#since = time;
      this.#isKilled = isKilled;
    }
    this.#bakers += role === 'baker' ? 1 : 0;
    this.#others += role === 'baker' ? 0 : 1;
    this.#orders += orders;
    this.#inHand.push(...inHand);
  }

  /** Returns nothing where there is nothing to say. @param lost orders that are lost by now */
  sentence(lost: number, time: number): string {
    if (this.#bakers + this.#others === 0) {
      return lost > 0 && this.#keeps === 'memory'
        ? 'An order is in the memory of one process. A customer who meets another process does not find it.'
        : '';
    }
    const who = this.#who();
    if (this.#keeps === 'memory') {
      return this.#orders === 0
        ? `${who}. No order was in memory.`
        : `${who}. ${ordersAre(this.#orders)} in memory and nowhere else, so nobody finds ${this.#orders === 1 ? 'it' : 'them'} again.`;
    }
    const isNoneLost = lost === this.#lostBefore;
    if (this.#keeps === 'table' || this.#bakers === 0) {
      return isNoneLost ? `${who}. All orders are in the table, so none is lost.` : `${who}.`;
    }
    return `${who} ${this.#ofHand(time)}${isNoneLost ? ' None is lost.' : ''}`;
  }

  #ofHand(time: number): string {
    const all = this.#inHand.length;
    if (all === 0) {
      return 'with no order in hand.';
    }
    const held = `with ${all === 1 ? 'one order' : `${all} orders`} in hand.`;
    const it = all === 1 ? 'it' : 'them';
    if (this.#inHand.every(({ state }) => state === 'gone')) {
      return `${held} The queue handed ${it} out again, and another baker baked ${it}.`;
    }
    const hidden = this.#inHand.filter(isHidden);
    if (hidden.length < all) {
      return `${held} The queue hands ${it} out again.`;
    }
    const last = Math.max(...hidden.map(({ hiddenUntil }) => hiddenUntil));
    const seconds = Math.max(1, Math.ceil((last - time) / 1000));
    return `${held} The queue keeps ${it}, and hands ${it} out again in ${seconds} s.`;
  }

  #who(): string {
    const all = this.#bakers + this.#others;
    const many = this.#others === 0 ? `${all} bakers` : `${all} processes`;
    const one = this.#others === 0 ? 'A baker' : 'A process';
    if (!this.#isKilled) {
      return `${all === 1 ? one : many} ended`;
    }
    return all === 1 ? `${one} was killed` : `${many} were killed`;
  }
}

const ordersAre = (count: number): string => (count === 1 ? 'One order was' : `${count} orders were`);
