import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { loadSkew, type StickyBalancer, startStickyBalancer, type Upstream, workerCookie } from './sticky-balancer.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A worker that says who it is and what it was sent; on `/break` it hangs up without a word. */
async function useWorker(id: string): Promise<Upstream & { close: () => Promise<unknown> }> {
  const server: Server = createServer(async (incoming, outgoing) => {
    if (incoming.url === '/break') {
      return incoming.socket.destroy();
    }
    const body = (await incoming.toArray()).join('');
    outgoing.writeHead(200, { 'set-cookie': 'own=1', 'content-type': 'application/json' });
    return outgoing.end(JSON.stringify({ id, method: incoming.method, url: incoming.url, body }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    if (!server.listening) {
      return;
    }
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  closing.push(close);
  return { id, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}

async function useBalancer(workers: readonly Upstream[]): Promise<StickyBalancer> {
  const balancer = await startStickyBalancer({ workers });
  closing.push(() => balancer.close());
  return balancer;
}

/** Asks for `/whoami`, as whoever the cookie says. */
async function ask({ url }: StickyBalancer, cookie?: string) {
  const response = await fetch(new URL('/whoami', url), cookie ? { headers: { cookie } } : {});
  const worker = response.headers.getSetCookie().find((one) => one.startsWith(workerCookie));
  const text = await response.text();
  return {
    status: response.status,
    id: response.ok ? (JSON.parse(text) as { id: string }).id : undefined,
    cookie: worker?.split(';')[0],
    cookies: response.headers.getSetCookie(),
  };
}

test('gives each new client the next worker in turn, with a cookie that says which', async () => {
  const workers = [await useWorker('a'), await useWorker('b'), await useWorker('c')];
  const balancer = await useBalancer(workers);
  const answers = [await ask(balancer), await ask(balancer), await ask(balancer), await ask(balancer)];
  expect(answers.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'a']);
  expect(answers.map(({ cookie }) => cookie)).toEqual(['worker=a', 'worker=b', 'worker=c', 'worker=a']);
  expect(answers[0]?.cookies).toEqual(['own=1', 'worker=a; Path=/; HttpOnly; SameSite=Lax']);
});

test('sticks to the worker of the cookie, among other cookies, and sets it no more', async () => {
  const balancer = await useBalancer([await useWorker('a'), await useWorker('b')]);
  const answers = await Promise.all(['worker=b', 'x=worker=a; worker=b', 'worker=b'].map((c) => ask(balancer, c)));
  expect(answers.map(({ id, cookie }) => [id, cookie])).toEqual(Array(3).fill(['b', undefined]));
  expect([...balancer.requests]).toEqual([
    ['a', 0],
    ['b', 3],
  ]);
});

test('passes method, path, query and body on', async () => {
  const balancer = await useBalancer([await useWorker('a')]);
  const response = await fetch(new URL('/orders?a=1', balancer.url), { method: 'POST', body: '{"x":1}' });
  expect(await response.json()).toEqual({ id: 'a', method: 'POST', url: '/orders?a=1', body: '{"x":1}' });
});

test('a request for a foreign host stays with the workers', async () => {
  const [worker, stranger] = [await useWorker('a'), await useWorker('stranger')];
  const { url } = await useBalancer([worker]);
  const { port } = new URL(url);
  const sent = request({ host: '127.0.0.1', port, path: `//${new URL(stranger.url).host}/x` }).end();
  const [response] = await once(sent, 'response');
  expect(JSON.parse((await response.toArray()).join(''))).toMatchObject({ id: 'a' });
});

test('moves clients on when their worker is gone, and sends nobody there any more', async () => {
  const [a, b] = [await useWorker('a'), await useWorker('b')];
  const balancer = await useBalancer([a, b]);
  await ask(balancer, 'worker=a');
  await a.close();
  expect(await ask(balancer, 'worker=a')).toMatchObject({ status: 200, id: 'b', cookie: 'worker=b' });
  expect((await ask(balancer)).id).toBe('b');
  expect((await ask(balancer)).id).toBe('b');
});

test('moves clients on when their worker is taken out, and uses one that is put in', async () => {
  const [a, b, c] = [await useWorker('a'), await useWorker('b'), await useWorker('c')];
  const balancer = await useBalancer([a, b]);
  balancer.remove('a');
  balancer.remove('b');
  expect(await ask(balancer, 'worker=a')).toMatchObject({ status: 503 });
  balancer.add(c);
  expect(await ask(balancer, 'worker=a')).toMatchObject({ id: 'c', cookie: 'worker=c' });
  expect(balancer.requests.get('c')).toBe(1);
});

test('sends nobody new to a worker that is drained, and those who belong there still', async () => {
  const [a, b] = [await useWorker('a'), await useWorker('b')];
  const balancer = await useBalancer([a, b]);
  balancer.drain('a');
  const newcomers = [await ask(balancer), await ask(balancer)];
  expect(newcomers.map(({ id }) => id)).toEqual(['b', 'b']);
  expect(await ask(balancer, 'worker=a')).toMatchObject({ id: 'a', cookie: undefined });
  balancer.remove('a');
  expect(await ask(balancer, 'worker=a')).toMatchObject({ id: 'b', cookie: 'worker=b' });
  balancer.add(a);
  expect([(await ask(balancer)).id, (await ask(balancer)).id].sort()).toEqual(['a', 'b']);
});

describe('when a worker hangs up in the middle of a request', () => {
  test.each(['GET', 'POST'])('%s is answered 502, and the worker is kept', async (method) => {
    const balancer = await useBalancer([await useWorker('a')]);
    const response = await fetch(new URL('/break', balancer.url), { method });
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    await response.arrayBuffer();
    expect((await ask(balancer)).id).toBe('a');
  });
});

test.each([
  { requests: [10, 10, 10], skew: 1 },
  { requests: [20, 10, 0], skew: 2 },
  { requests: [30, 0, 0], skew: 3 },
  { requests: [0, 0, 0], skew: 1 },
  { requests: [], skew: 1 },
])('$requests requests are skewed $skew times', ({ requests, skew }) => {
  expect(loadSkew(requests)).toBe(skew);
});
