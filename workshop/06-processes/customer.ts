import { type Asked, fetchFrom } from '../../client/endpoint/http-request.ts';
import type { Order } from '../../functions/domain/order.ts';

/** Somebody with a browser: orders, asks after what was ordered, and keeps the cookie of whoever served them. */
export class Customer {
  readonly #name: string;
  readonly #url: string;
  readonly #signal: AbortSignal;
  readonly #orders: Order[] = [];
  #cookie: string | undefined;

  constructor(name: string, url: string, signal: AbortSignal) {
    this.#name = name;
    this.#url = url;
    this.#signal = signal;
  }

  /** Places so many orders of a cookie each, one after another. Gives those that were accepted. */
  async order(times: number): Promise<readonly Order[]> {
    const body = JSON.stringify({ customer: this.#name, items: [{ recipe: 'sticky-dough', quantity: 1 }] });
    for (let time = 0; time < times; time += 1) {
      const { status, text } = await this.#ask('/orders', { method: 'POST', body });
      if (status === 202) {
        this.#orders.push(JSON.parse(text) as Order);
      }
    }
    return this.#orders;
  }

  /** Asks after everything that was ordered. Gives what somebody still knows of. */
  async readAll(): Promise<Order[]> {
    const known: Order[] = [];
    for (const { orderId } of this.#orders) {
      const { status, text } = await this.#ask(`/orders/${orderId}`);
      if (status === 200) {
        known.push(JSON.parse(text) as Order);
      }
    }
    return known;
  }

  async #ask(path: string, asked: Asked = {}): Promise<{ status: number; text: string }> {
    const headers = { 'content-type': 'application/json', ...(this.#cookie && { cookie: this.#cookie }) };
    const response = await fetchFrom(new URL(path, this.#url), { ...asked, headers, signal: this.#signal });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) {
      this.#cookie = cookie.split(';')[0];
    }
    return { status: response.status, text: await response.text() };
  }
}
