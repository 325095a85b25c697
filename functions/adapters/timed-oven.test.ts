import { expect, test } from 'vitest';
import { timedOven } from './timed-oven.ts';

const goOn = new AbortController().signal;

/** Whether a cookie is ready before the event loop has turned once, that is without any waiting. */
async function isReadyAtOnce(milliseconds: number): Promise<boolean> {
  const cookie = timedOven.bake(milliseconds, goOn).then(() => true);
  const turn = new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));
  return await Promise.race([cookie, turn]);
}

test('a cookie of 0 ms is ready at once, and one of 20 ms is not', async () => {
  expect(await isReadyAtOnce(0)).toBe(true);
  expect(await isReadyAtOnce(20)).toBe(false);
});

test.each([0, 20])('a cookie of %d ms is not begun after closing time', async (milliseconds) => {
  const reason = new Error('closing time');
  await expect(timedOven.bake(milliseconds, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('a cookie in the oven is given up at closing time', async () => {
  const closing = new AbortController();
  const cookie = timedOven.bake(60_000, closing.signal);
  closing.abort();
  await expect(cookie).rejects.toMatchObject({ name: 'AbortError' });
});
