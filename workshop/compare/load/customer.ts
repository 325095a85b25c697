import type { Order } from '../../../functions/domain/order.ts';
import type { Sample, Step } from '../measurement.ts';
import type { Stopwatch } from './generator.ts';
import type { Answer, Line, Request } from './line-to.ts';
import { type Random, randomFrom } from './random.ts';

/** What a customer is going to ask for. */
export interface Wish {
  readonly customer: string;
  readonly items: readonly { readonly recipe: string; readonly quantity: number }[];
}

/** Recipes of the house, which both sides know. */
const recipes = ['chocolate-chip', 'sticky-dough', 'gingerbread', 'raisin', 'sabayon', 'smores'] as const;
const mostCookies = 3;

/** What the customer with this index asks for: another thing each, and the same with the same seed on either side. */
export function wishOf(index: number, seed: number, run: string): Wish {
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

/** An order that somebody was told is theirs. */
export interface Acknowledged {
  readonly orderId: string;
  readonly dueAt: number;
  /** The cookie by which its customer was known then. */
  readonly cookie: string | undefined;
}

export interface Visit {
  readonly wish: Wish;
  readonly line: Line;
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
const laterLooks = 1.5;
const longestPause = 500;

/**
 * One customer, from first to last: places an order, lists the own orders, and looks after the new one until it is baked.
 * Placing is due when the customer is, listing when the order is answered, and the looks on a timetable from there, which
 * a slow answer does not put off. An answer other than the one hoped for sends the customer home.
 *
 * @throws the reason of an abort
 */
export async function visit({ wish, line, stopwatch, dueAt, onSample, onAcknowledged, ...rest }: Visit): Promise<void> {
  const jar = new CookieJar();
  const ask = async (step: Step, due: number, request: Request): Promise<Answer> => {
    const answer = await line.ask({ ...request, cookie: jar.cookie });
    jar.take(answer.headers['set-cookie']);
    const latencyMs = stopwatch.now() - due;
    onSample({ step, dueAt: due, latencyMs, status: answer.status });
    return answer;
  };

  const placed = await ask('place', dueAt, { method: 'POST', path: '/orders', body: JSON.stringify(wish) });
  const order = placed.status === 202 ? orderIn(placed) : undefined;
  if (!order) {
    return;
  }
  onAcknowledged({ orderId: order.orderId, dueAt, cookie: jar.cookie });
  const acknowledgedAt = stopwatch.now();
  const query = new URLSearchParams({ customer: wish.customer });
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
  let gap = firstLook;
  for (let look = gap; look <= until; look += gap) {
    yield look;
    gap = Math.min(gap * laterLooks, longestPause);
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

/** Room for one cookie: the one that says which server a customer belongs to. */
class CookieJar {
  cookie: string | undefined;

  take(setCookie: readonly string[] | undefined): void {
    const [first] = setCookie ?? [];
    if (first !== undefined) {
      this.cookie = first.split(';')[0];
    }
  }
}
