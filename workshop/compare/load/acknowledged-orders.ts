import { setTimeout as pause } from 'node:timers/promises';
import type { OrderOutcome, Outcome } from '../measurement.ts';
import type { HttpClient } from './http-client.ts';
import { type Acknowledged, orderIn } from './visit.ts';

/** What a side says of an order when it is asked for the last time. */
export interface Reading {
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** Milliseconds from when it was placed until it was baked; undefined where it is not. */
  readonly bakedAfterMs: number | undefined;
}

/**
 * What became of an order. It is kept only if it can be read back and was baked once.
 * @param bakes How many bakes of it are on record; undefined where the order itself is the only record.
 */
export function outcomeOf({ status, bakedAfterMs }: Reading, bakes?: number): Outcome {
  if (status !== 200) {
    return 'lost';
  }
  if (bakedAfterMs === undefined) {
    return 'not baked';
  }
  return (bakes ?? 1) > 1 ? 'baked twice' : 'kept';
}

export interface SettleOptions {
  readonly client: HttpClient;
  /** How many bakes of each order are on record, asked when all orders were read; undefined where there is no such record. */
  readonly bakes?: () => Promise<ReadonlyMap<string, number>>;
  /** Milliseconds to wait for orders that are not baked, and for answers that are no answers. */
  readonly patience: number;
  readonly signal?: AbortSignal;
  /** Is asked while some are open. @throws where no process is there that could answer */
  readonly check?: () => Promise<void>;
  /** Called with how many orders are open, whenever there are some. */
  readonly onWaiting?: (orders: number) => void;
}

const atATime = 16;
/** Milliseconds between rounds: what is not baked at once mostly waits for a minute, until its queue shows it again. */
const firstPause = 250;
const longestPause = 2_000;

/** Remembers every order that was acknowledged, so that nothing a side forgets is forgotten. */
export class AcknowledgedOrders {
  readonly #orders: Acknowledged[] = [];

  acknowledged(order: Acknowledged): void {
    this.#orders.push(order);
  }

  get size(): number {
    return this.#orders.length;
  }

  /**
   * Asks after every order, as its customer would, and again after those that are not baked, or of which nothing was said, until
   * time is up. What is not found is gone.
   */
  async settle({ client, bakes, check, patience, signal, onWaiting }: SettleOptions): Promise<OrderOutcome[]> {
    const readings = new Map<string, Reading>();
    const deadline = performance.now() + patience;
    let open: readonly Acknowledged[] = this.#orders;
    for (let between = firstPause; ; between = Math.min(2 * between, longestPause)) {
      await eachOf(open, async (order) => void readings.set(order.orderId, await read(order, client)));
      open = open.filter(({ orderId }) => isOpen(readings.get(orderId) ?? notRead));
      if (open.length === 0) {
        break;
      }
      await check?.();
      const left = deadline - performance.now();
      if (left <= 0) {
        break;
      }
      onWaiting?.(open.length);
      await pause(Math.min(between, left), undefined, signal ? { signal } : {});
    }
    const onRecord = await bakes?.();
    return this.#orders.map(({ orderId, dueAt }) => {
      const reading = readings.get(orderId) ?? notRead;
      const { bakedAfterMs } = reading;
      const outcome = outcomeOf(reading, onRecord?.get(orderId));
      return { orderId, dueAt, outcome, ...(bakedAfterMs !== undefined && { bakedAfterMs }) };
    });
  }
}

const notRead: Reading = { status: 0, bakedAfterMs: undefined };

const isOpen = ({ status, bakedAfterMs }: Reading): boolean => status !== 404 && bakedAfterMs === undefined;

async function read({ orderId, cookie }: Acknowledged, client: HttpClient): Promise<Reading> {
  const answer = await client.ask({ method: 'GET', path: `/orders/${orderId}`, cookie });
  const order = orderIn(answer);
  const bakedAfterMs = order?.status === 'BAKED' ? Date.parse(order.bakedAt) - Date.parse(order.placedAt) : undefined;
  return { status: answer.status, bakedAfterMs };
}

async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  const worker = async () => {
    for (const one of rest) {
      await work(one);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, all.length) }, worker));
}
