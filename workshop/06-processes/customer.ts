import { CookieJar } from '../../client/endpoint/cookie-jar.ts';
import { placeOrder, readOrder } from '../../client/factory/order-client.ts';
import type { Order } from '../../functions/domain/order.ts';

/** A person with a browser: orders, asks after what was ordered, and keeps the cookie of the kitchen that served them. */
export class Customer {
  readonly #name: string;
  readonly #url: string;
  readonly #options: { readonly signal: AbortSignal; readonly jar: CookieJar };
  readonly #orders: Order[] = [];

  constructor(name: string, url: string, signal: AbortSignal) {
    this.#name = name;
    this.#url = url;
    this.#options = { signal, jar: new CookieJar() };
  }

  /** Places a number of orders of a cookie each, one after another. Returns those that were accepted. */
  async order(times: number): Promise<readonly Order[]> {
    const body = { customer: this.#name, items: [{ recipe: 'sticky-dough', quantity: 1 }] };
    for (let time = 0; time < times; time += 1) {
      const { order } = await placeOrder(this.#url, body, this.#options);
      if (order) {
        this.#orders.push(order);
      }
    }
    return this.#orders;
  }

  /** Asks after everything that was ordered. Returns what a kitchen still knows of. */
  async readAll(): Promise<Order[]> {
    const known: Order[] = [];
    for (const { orderId } of this.#orders) {
      const order = await readOrder(this.#url, orderId, this.#options);
      if (order) {
        known.push(order);
      }
    }
    return known;
  }
}
