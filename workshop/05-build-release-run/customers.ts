import { setTimeout as pause } from 'node:timers/promises';
import { type Placed, placeOrder } from '../../client/factory/order-client.ts';

/** Customers who order one cookie after another, whatever happens in the kitchen. */
export interface Customers {
  /** What became of their orders so far. */
  readonly placed: readonly Placed[];
  /** Waits for a number of further answers. */
  answers(count: number): Promise<void>;
  /** Lets them finish the order that they are at, and go. */
  leave(): Promise<void>;
}

/** Fewer than there are ovens, so that no order is refused for want of one. */
const customerCount = 2;
/** What a customer does between two orders, in milliseconds. */
const chewing = 150;

export function letIn(url: string, signal: AbortSignal): Customers {
  const placed: Placed[] = [];
  const closing = new AbortController();
  const over = AbortSignal.any([closing.signal, signal]);
  const waiting = new Set<() => void>();

  async function order(customer: string): Promise<void> {
    while (!over.aborted) {
      placed.push(await placeOrder(url, { customer, items: [{ recipe: 'chocolate-chip', quantity: 1 }] }, { signal }));
      for (const look of waiting) {
        look();
      }
      await pause(chewing, undefined, { signal: over }).catch(() => {});
    }
  }

  const customers = Promise.all(Array.from({ length: customerCount }, (_, i) => order(`customer ${i + 1}`)));
  // The error reaches the caller that waits for them to leave.
  customers.catch(() => {});
  return {
    placed,
    answers: (count) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const enough = placed.length + count;
      const look = () => {
        if (placed.length >= enough) {
          resolve();
        }
      };
      waiting.add(look);
      customers.catch(reject);
      return promise.finally(() => waiting.delete(look));
    },
    leave: async () => {
      closing.abort();
      await customers;
    },
  };
}
