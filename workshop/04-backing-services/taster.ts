import { accepted, type OrderBody, placeOrders } from '../../client/factory/order-client.ts';

/** As many customers at once as there are ovens: then some order is baked in a kitchen that was not open before. */
const ovens = 4;
const cookieCount = 10;

/** Somebody who orders a recipe again and again, and looks at what it costs. */
export class Taster {
  readonly #url: string;
  readonly #body: OrderBody;
  readonly #signal: AbortSignal;
  #baked = 0;

  constructor(url: string, recipe: string, signal: AbortSignal) {
    this.#url = url;
    this.#body = { customer: 'the taster', items: [{ recipe, quantity: cookieCount }] };
    this.#signal = signal;
  }

  /** Orders that were accepted so far. */
  get baked(): number {
    return this.#baked;
  }

  /** What a cookie costs in cents; undefined where the order is refused. */
  async price(): Promise<number | undefined> {
    return (await this.#order(1))[0];
  }

  /** What a cookie costs in each of several kitchens. */
  async prices(): Promise<readonly number[]> {
    return await this.#order(ovens);
  }

  async #order(customers: number): Promise<number[]> {
    const options = { concurrency: customers, body: () => this.#body, signal: this.#signal };
    const orders = accepted(await placeOrders(this.#url, customers, options));
    this.#baked += orders.length;
    return orders.flatMap(({ items }) => items[0]?.priceCents ?? []);
  }
}
