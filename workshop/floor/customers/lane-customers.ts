import { CookieJar } from '../../../client/endpoint/cookie-jar.ts';
import type { OrderBody } from '../../../client/factory/order-client.ts';
import { type Answer, type HttpClient, openHttpClient } from '../../compare/load/http-client.ts';
import { orderIn } from '../../compare/load/visit.ts';
import type { CustomerInput } from '../model/input.ts';

/** When a customer first asks after an order, in milliseconds from its answer, and how much rarer it gets. */
const firstLookMs = 500;
const rarer = 1.6;
const longestPauseMs = 8_000;
/** How long baked cookies wait for their customer, in milliseconds. */
const collectsAfter = { least: 6_000, most: 12_000 };
/** A customer who is told that there is no such order asks again, so often, before it is given up. */
const patience = 3;
const betweenMissesMs = 120;
/** Requests to read orders back that are under way at a time. Few: what they occupy, new customers wait for. */
const readsAtATime = 2;
const lookEveryMs = 40;
/** Orders that are asked after. Of what is more, the oldest are not. */
const mostFollowed = 10_000;

/** Customers at the counter at a time. Where there are more, this machine can do no more, and who comes then goes away again. */
const mostAtCounter = 200;

interface Followed {
  readonly orderId: string;
  due: number;
  pause: number;
  bakedAt: string | undefined;
  misses: number;
  isAsked: boolean;
  /** The cookie by which its customer is known. */
  readonly jar: CookieJar;
}

/** The customers of one factory: they order, ask after their orders, and collect them. What they see they tell. */
export class LaneCustomers {
  readonly #client: HttpClient;
  readonly #tell: (input: CustomerInput) => void;
  readonly #followed = new Map<string, Followed>();
  readonly #timer: NodeJS.Timeout;
  #reading = 0;
  #ordering = 0;
  #isClosed = false;

  readonly #serverCookie: string | undefined;

  /** @param serverCookie the name of the cookie that says which server answered; undefined where none does */
  constructor(url: string, tell: (input: CustomerInput) => void, serverCookie?: string) {
    this.#serverCookie = serverCookie;
    this.#client = openHttpClient(url);
    this.#tell = (input) => {
      if (!this.#isClosed) {
        tell(input);
      }
    };
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  /** Places an order. */
  async order(customer: number, body: OrderBody): Promise<void> {
    if (this.#ordering >= mostAtCounter) {
      return;
    }
    const [item] = body.items;
    this.#tell({ type: 'arrived', customer, recipe: item?.recipe ?? '' });
    const sent = performance.now();
    this.#ordering += 1;
    const answer = await this.#client.ask({ method: 'POST', path: '/orders', body: JSON.stringify(body) });
    this.#ordering -= 1;
    const jar = new CookieJar();
    jar.take(answer.headers['set-cookie']);
    const milliseconds = performance.now() - sent;
    const order = answer.status === 202 ? orderIn(answer) : undefined;
    if (!order) {
      this.#tell({ type: 'refused', customer, milliseconds });
      return;
    }
    const bakedAt = order.status === 'BAKED' ? order.bakedAt : undefined;
    const requestId = answer.headers['x-amzn-requestid'];
    this.#tell({
      ...{ type: 'acknowledged', customer, orderId: order.orderId, bakedAt, milliseconds, time: Date.now() },
      requestId: typeof requestId === 'string' ? requestId : undefined,
      server: this.#serverIn(jar),
    });
    this.#follow(order.orderId, bakedAt, jar);
  }

  /** Asks after certain orders at once: something happened to whoever may have had them. */
  askNow(orderIds: readonly string[]): void {
    for (const orderId of orderIds) {
      const followed = this.#followed.get(orderId);
      if (followed) {
        followed.due = 0;
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#client.close();
  }

  #serverIn({ cookie }: CookieJar): string | undefined {
    const [name, value] = cookie?.split('=') ?? [];
    return this.#serverCookie !== undefined && name === this.#serverCookie ? value : undefined;
  }

  #follow(orderId: string, bakedAt: string | undefined, jar: CookieJar): void {
    const due = performance.now() + (bakedAt === undefined ? firstLookMs : collectionIn());
    this.#followed.set(orderId, { orderId, due, pause: firstLookMs, bakedAt, misses: 0, isAsked: false, jar });
    const [oldest] = this.#followed.keys();
    if (this.#followed.size > mostFollowed && oldest !== undefined) {
      this.#followed.delete(oldest);
    }
  }

  #look(): void {
    while (this.#reading < readsAtATime && !this.#isClosed) {
      const one = this.#nextDue();
      if (!one) {
        return;
      }
      this.#reading += 1;
      one.isAsked = true;
      void this.#ask(one).finally(() => {
        one.isAsked = false;
        this.#reading -= 1;
        this.#look();
      });
    }
  }

  /** Whoever has waited longest; those who are to ask at once are due since ever. */
  #nextDue(): Followed | undefined {
    const now = performance.now();
    let next: Followed | undefined;
    for (const one of this.#followed.values()) {
      if (!one.isAsked && one.due <= now && one.due < (next?.due ?? Number.POSITIVE_INFINITY)) {
        next = one;
      }
    }
    return next;
  }

  async #ask(one: Followed): Promise<void> {
    const { orderId, jar } = one;
    const asked = Date.now();
    const answer = await this.#client.ask({ method: 'GET', path: `/orders/${orderId}`, cookie: jar.cookie });
    jar.take(answer.headers['set-cookie']);
    const now = performance.now();
    if (answer.status === 404) {
      one.misses += 1;
      one.due = now + betweenMissesMs;
      if (one.misses >= patience) {
        this.#leave(one, 'lost');
      }
      return;
    }
    if (answer.status !== 200) {
      // Refused, or nobody there: that says nothing of the order.
      one.due = now + 1000;
      return;
    }
    this.#saw(one, answer, { now, asked });
  }

  /** @param times when it was answered, and when it was asked, which is told */
  #saw(one: Followed, answer: Answer, { now, asked }: { readonly now: number; readonly asked: number }): void {
    const order = orderIn(answer);
    const bakedAt = order?.status === 'BAKED' ? order.bakedAt : undefined;
    const wasBaked = one.bakedAt !== undefined;
    const wasHurried = one.due === 0;
    one.misses = 0;
    one.bakedAt ??= bakedAt;
    const { bakes } = (order ?? {}) as { readonly bakes?: unknown };
    const counted = typeof bakes === 'number' ? { bakes } : {};
    this.#tell({ type: 'seen', orderId: one.orderId, bakedAt, ...counted, asked, time: Date.now() });
    if (wasBaked && !wasHurried) {
      this.#leave(one, 'collected');
    } else if (bakedAt !== undefined) {
      one.due = now + collectionIn();
    } else {
      one.pause = Math.min(one.pause * rarer, longestPauseMs);
      one.due = now + one.pause;
    }
  }

  #leave({ orderId }: Followed, type: 'collected' | 'lost'): void {
    this.#followed.delete(orderId);
    this.#tell({ type, orderId });
  }
}

const collectionIn = (): number => collectsAfter.least + Math.random() * (collectsAfter.most - collectsAfter.least);
