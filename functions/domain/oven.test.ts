import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OvenInMemory } from './kitchen.fixture.ts';
import { limitOven } from './oven.ts';

const goOn = new AbortController().signal;

test('bakes every cookie, as many at a time as fit and never more', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 100 }), async (capacity, cookies) => {
      const oven = new OvenInMemory();
      const limited = limitOven(oven, capacity);
      await Promise.all(Array.from({ length: cookies }, () => limited.bake(1, goOn)));
      expect(oven).toMatchObject({ baked: cookies, inside: 0, most: Math.min(capacity, cookies) });
    }),
  );
});

test('takes cookies in the order they come', async () => {
  const taken: number[] = [];
  const limited = limitOven({ bake: async (milliseconds) => void taken.push(milliseconds) }, 2);
  await Promise.all([5, 4, 3, 2, 1].map((cookie) => limited.bake(cookie, goOn)));
  expect(taken).toEqual([5, 4, 3, 2, 1]);
});

test('a cookie that fails makes room for the next', async () => {
  const limited = limitOven(
    { bake: (milliseconds) => (milliseconds === 0 ? Promise.reject(new Error('burnt')) : Promise.resolve()) },
    1,
  );
  const results = await Promise.allSettled([0, 1, 0, 1].map((cookie) => limited.bake(cookie, goOn)));
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
});
