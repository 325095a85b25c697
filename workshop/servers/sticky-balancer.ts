import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Connection, connectionTo } from '../../client/endpoint/connection.ts';
import { type ConnectionPool, connectionPool, requestOver } from '../../client/endpoint/http-request.ts';

/** Not imported: an `import` reads all that the module exports, and Node.js loads a second HTTP client when `WebSocket` is read. */
const { createServer } = process.getBuiltinModule('node:http');

/** A server, or a function by its URL, that the balancer may send clients to. */
export interface Upstream {
  readonly id: string;
  readonly url: string;
}

export interface BalancerOptions {
  readonly workers: readonly Upstream[];
  /** The loopback port to listen on. @default 0, any that is free */
  readonly port?: number;
}

export interface StickyBalancer {
  readonly url: string;
  /** Requests that each worker answered, by its id; of workers that are gone, too. */
  readonly requests: ReadonlyMap<string, number>;
  /** Sends new clients to one more. */
  add(worker: Upstream): void;
  /** Sends no new clients there any more; those that belong there still come. */
  drain(id: string): void;
  /** Sends no client there any more; its clients are moved when they come next. */
  remove(id: string): void;
  close(): Promise<void>;
}

/** The cookie that says which worker a client belongs to. */
export const workerCookie = 'worker';

/** What became of a request at a worker. */
type Attempt = 'answered' | 'never arrived' | 'broke';

/** Headers that belong to one connection, and not to what is passed on over another. */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade']);
/** Methods that may be tried again where it is not known how far the first attempt came. */
const repeatable = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Starts a balancer that gives each new client to the next worker in turn, with a cookie that says which, and sends it to
 * the same worker ever after. It never looks at how busy a worker is: a client who stays, stays. When the worker is
 * gone, its clients move on to others, with a new cookie, and without whatever that worker remembered of them.
 *
 * A request that finds no worker listening is given to the next one. One whose connection breaks is tried once more where
 * asking twice does no harm, and else answered 502; 503 where no worker is left. Request bodies are held in memory.
 */
export async function startStickyBalancer({ workers, port = 0 }: BalancerOptions): Promise<StickyBalancer> {
  const upstreams = new Map(workers.map((worker) => [worker.id, worker]));
  const requests = new Map(workers.map(({ id }) => [id, 0]));
  const draining = new Set<string>();
  const agents = new Map<Connection['protocol'], ConnectionPool>();
  let turn = 0;

  const nextInTurn = (): Upstream | undefined => {
    const all = [...upstreams.values()].filter(({ id }) => !draining.has(id));
    const next = all[turn % all.length];
    turn += 1;
    return next;
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await buffer(incoming);
    const belongsTo = workerOf(incoming);
    let worker = upstreams.get(belongsTo ?? '') ?? nextInTurn();
    let mayRepeat = repeatable.has(incoming.method ?? '');
    while (worker) {
      const isNew = worker.id !== belongsTo;
      const connection = connectionTo(worker.url);
      const agent = agents.get(connection.protocol) ?? connectionPool(connection);
      agents.set(connection.protocol, agent);
      const attempt = await forward({ incoming, body, outgoing, worker, connection, agent, isNew });
      if (attempt === 'answered') {
        requests.set(worker.id, (requests.get(worker.id) ?? 0) + 1);
        return;
      }
      if (attempt === 'never arrived') {
        upstreams.delete(worker.id);
        worker = nextInTurn();
      } else if (mayRepeat) {
        mayRepeat = false;
      } else {
        return refuse(outgoing, 502);
      }
    }
    refuse(outgoing, 503);
  };

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    add: (worker) => {
      draining.delete(worker.id);
      upstreams.set(worker.id, worker);
      if (!requests.has(worker.id)) {
        requests.set(worker.id, 0);
      }
    },
    drain: (id) => void draining.add(id),
    remove: (id) => void upstreams.delete(id),
    close: async () => {
      server.close();
      server.closeAllConnections();
      for (const agent of agents.values()) {
        agent.destroy();
      }
      await once(server, 'close');
    },
  };
}

/** How unevenly requests are spread: what the busiest worker had, as a multiple of a fair share. 1 is even. */
export function loadSkew(requests: Iterable<number>): number {
  const all = [...requests];
  const sum = all.reduce((total, one) => total + one, 0);
  return sum === 0 ? 1 : (Math.max(...all) * all.length) / sum;
}

interface ForwardOptions {
  readonly incoming: IncomingMessage;
  readonly body: Buffer;
  readonly outgoing: ServerResponse;
  readonly worker: Upstream;
  readonly connection: Connection;
  readonly agent: ConnectionPool;
  /** Whether the client is to learn that it belongs to this worker from now on. */
  readonly isNew: boolean;
}

/** Passes a request on to a worker, and its answer back. */
async function forward(forwarding: ForwardOptions): Promise<Attempt> {
  const { incoming, body, outgoing, worker, connection, agent, isNew } = forwarding;
  const { promise, resolve } = Promise.withResolvers<IncomingMessage | Attempt>();
  const outward = requestOver(connection, {
    ...{ agent, path: incoming.url ?? '/' },
    method: incoming.method ?? 'GET',
    headers: {
      ...endToEnd(incoming.headers),
      'x-forwarded-for': incoming.socket.remoteAddress ?? '',
      ...(body.length > 0 && { 'content-length': body.length }),
    },
  });
  const leave = () => outward.destroy();
  outgoing.once('close', leave);
  outward.once('response', resolve);
  outward.once('error', ({ code }: NodeJS.ErrnoException) =>
    resolve(code === 'ECONNREFUSED' ? 'never arrived' : 'broke'),
  );
  outward.end(body);
  try {
    const answer = await promise;
    if (typeof answer === 'string') {
      return answer;
    }
    const cookies = [...(answer.headers['set-cookie'] ?? []), ...(isNew ? [cookieFor(worker)] : [])];
    outgoing.writeHead(answer.statusCode ?? 502, {
      ...endToEnd(answer.headers),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    });
    await pipeline(answer, outgoing);
    return 'answered';
  } finally {
    outgoing.off('close', leave);
  }
}

function endToEnd(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.has(name) && name !== 'transfer-encoding'),
  );
}

const cookieFor = ({ id }: Upstream) => `${workerCookie}=${id}; Path=/; HttpOnly; SameSite=Lax`;

function workerOf({ headers }: IncomingMessage): string | undefined {
  const cookies = headers.cookie?.split(/;\s*/) ?? [];
  return cookies.find((cookie) => cookie.startsWith(`${workerCookie}=`))?.slice(workerCookie.length + 1);
}

function refuse(outgoing: ServerResponse, status: 502 | 503): void {
  const title = status === 502 ? 'The kitchen dropped this order' : 'No kitchen is open';
  outgoing.writeHead(status, { 'content-type': 'application/problem+json' });
  outgoing.end(JSON.stringify({ type: 'about:blank', title, status }));
}
