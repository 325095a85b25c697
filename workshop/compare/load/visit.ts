import { CookieJar } from '../../../client/endpoint/cookie-jar.ts';
import { backOff, type OrderBody } from '../../../client/factory/order-client.ts';
import type { Order } from '../../../functions/domain/order.ts';
import type { Sample, Step } from '../measurement.ts';
import { type Random, randomFrom, type Stopwatch } from './generator.ts';
import type { Answer, HttpClient, Request } from './http-client.ts';

/** Recipes of the house, which both sides know. */
const recipes = ['chocolate-chip', 'sticky-dough', 'gingerbread', 'raisin', 'sabayon', 'smores'] as const;
const mostCookies = 3;

/** What the customer with this index asks for: another thing each, and the same with the same seed on either side. */
export function orderRequestOf(index: number, seed: number, run: string): OrderBody {
  // The first numbers of neighbouring seeds have little in common only when the seeds are far apart.
  const random = randomFrom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  return {
    customer: `${run}-customer-${index}`,
    items: [{ recipe: pick(recipes, random), quantity: 1 + Math.floor(random() * mostCookies) }],
  };
}

function pick<T>(all: readonly [T, ...T[]], random: Random): T {
  return all[Math.floor(random() * all.length)] ?? all[0];
}

/** An order that was acknowledged to a customer. */
export interface Acknowledged {
  readonly orderId: string;
  readonly dueAt: number;
  /** The cookie by which its customer was known then. */
  readonly cookie: string | undefined;
}

export interface VisitOptions {
  readonly orderRequest: OrderBody;
  readonly client: HttpClient;
  readonly stopwatch: Stopwatch;
  /** When the customer is due. */
  readonly dueAt: number;
  readonly onSample: (sample: Sample) => void;
  readonly onAcknowledged: (order: Acknowledged) => void;
  /** Milliseconds after the answer to the order after which the customer goes home without it. @default 5000 */
  readonly followFor?: number;
}

const followFor = 5_000;
/** When a customer looks after an order, in milliseconds from the answer to the look before, or rather when it was due. */
const firstLook = 50;

/**
 * One customer, from first to last: places an order, lists the own orders, and looks after the new one until it is baked.
 * Placing is due when the customer is, listing when the order is answered, and the looks on a timetable from there, which
 * a slow answer does not put off. An answer other than the one hoped for sends the customer home.
 *
 * @throws the reason of an abort
 */
export async function visit({
  orderRequest,
  client,
  stopwatch,
  dueAt,
  onSample,
  onAcknowledged,
  ...rest
}: VisitOptions): Promise<void> {
  const jar = new CookieJar();
  const ask = async (step: Step, due: number, request: Request): Promise<Answer> => {
    const answer = await client.ask({ ...request, cookie: jar.cookie });
    jar.take(answer.headers['set-cookie']);
    const latencyMs = stopwatch.now() - due;
    onSample({ step, dueAt: due, latencyMs, status: answer.status });
    return answer;
  };

  const placed = await ask('place', dueAt, { method: 'POST', path: '/orders', body: JSON.stringify(orderRequest) });
  const order = placed.status === 202 ? orderIn(placed) : undefined;
  if (!order) {
    return;
  }
  onAcknowledged({ orderId: order.orderId, dueAt, cookie: jar.cookie });
  const acknowledgedAt = stopwatch.now();
  const query = new URLSearchParams({ customer: orderRequest.customer });
  const listed = await ask('list', acknowledgedAt, { method: 'GET', path: `/orders?${query}` });
  if (listed.status !== 200) {
    return;
  }
  for (const look of looks(rest.followFor ?? followFor)) {
    const due = acknowledgedAt + look;
    await stopwatch.until(due);
    const seen = await ask('follow', due, { method: 'GET', path: `/orders/${order.orderId}` });
    if (seen.status !== 200 || orderIn(seen)?.status !== 'RECEIVED') {
      return;
    }
  }
}

/** The timetable of the looks: less and less often. */
function* looks(until: number): Generator<number> {
  let look = 0;
  for (const pause of backOff(firstLook)) {
    look += pause;
    if (look > until) {
      return;
    }
    yield look;
  }
}

/** The order in an answer; undefined where there is none that can be read. */
export function orderIn({ body }: Pick<Answer, 'body'>): Order | undefined {
  try {
    const order = JSON.parse(body) as Partial<Order> | null;
    return typeof order?.orderId === 'string' ? (order as Order) : undefined;
  } catch {
    return undefined;
  }
}
