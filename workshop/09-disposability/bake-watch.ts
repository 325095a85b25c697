import { readOrder } from '../../client/factory/order-client.ts';
import { until } from '../experiment/until.ts';

/** Watches when orders say that they were baked: an order that says another time later was recorded again. */
export class BakeWatch {
  readonly #url: string;
  readonly #signal: AbortSignal;
  readonly #times = new Map<string, Set<string>>();

  constructor(url: string, orderIds: readonly string[], signal: AbortSignal) {
    this.#url = url;
    this.#signal = signal;
    for (const orderId of orderIds) {
      this.#times.set(orderId, new Set());
    }
  }

  /** Looks at every order once. */
  async look(): Promise<void> {
    await Promise.all(
      [...this.#times].map(async ([orderId, times]) => {
        const order = await readOrder(this.#url, orderId, { signal: this.#signal });
        if (order?.status === 'BAKED') {
          times.add(order.bakedAt);
        }
      }),
    );
  }

  /** Looks until a number of orders are recorded as baked, or the time is up. */
  async untilBaked(count: number, within: number): Promise<void> {
    await this.#until(() => this.baked >= count, within);
  }

  /** Looks until a number of orders are recorded more than once, or the time is up. */
  async untilAgain(count: number, within: number): Promise<void> {
    await this.#until(() => this.again >= count, within);
  }

  async #until(isSeen: () => boolean, within: number): Promise<void> {
    const look = async () => {
      await this.look();
      return isSeen() ? true : undefined;
    };
    await until(look, { within, every: 50, signal: this.#signal });
  }

  /** How many orders were recorded as baked. */
  get baked(): number {
    return [...this.#times.values()].filter(({ size }) => size >= 1).length;
  }

  /** How many were recorded more than once. */
  get again(): number {
    return [...this.#times.values()].filter(({ size }) => size >= 2).length;
  }
}
