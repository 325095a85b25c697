import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { placeAcceptedOrder } from './order-client.ts';

/** Ordering that answers with these statuses, one after the other, and the keys that it was sent. */
async function orderingThatAnswers(...statuses: number[]) {
  const keys: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']?.toString());
    response.writeHead(statuses.shift() ?? 202).end('{"orderId":"o-1"}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, keys };
}

test('an order that ordering failed with is sent again by the same key', async () => {
  const { url, keys } = await orderingThatAnswers(502, 503);
  expect(await placeAcceptedOrder(url, { customer: 'Ada', items: [] })).toEqual({ orderId: 'o-1' });
  expect(keys).toEqual([expect.any(String), keys[0], keys[0]]);
});

test.each([
  { statuses: [502, 502, 502], asked: 3, says: 'Ordering answered 502 to an order: ' },
  { statuses: [400], asked: 1, says: 'Ordering answered 400 to an order: ' },
])('$statuses is thrown after $asked', async ({ statuses, asked, says }) => {
  const { url, keys } = await orderingThatAnswers(...statuses);
  await expect(placeAcceptedOrder(url, { customer: 'Ada', items: [] })).rejects.toThrow(says);
  expect(keys).toHaveLength(asked);
});
