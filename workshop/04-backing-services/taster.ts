import { accepted, type OrderBody, placeOrders } from '../../client/factory/order-client.ts';

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
    const options = { concurrency: 1, body: () => this.#body, signal: this.#signal };
    const [order] = accepted(await placeOrders(this.#url, 1, options));
    this.#baked += order ? 1 : 0;
    return order?.items[0]?.priceCents;
  }
}
