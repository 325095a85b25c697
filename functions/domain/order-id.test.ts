import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOrderId, newOrderId } from './order-id.ts';

test('without a key every id is another one', async () => {
  const ids = await Promise.all(Array.from({ length: 100 }, () => newOrderId()));
  expect(new Set(ids).size).toBe(100);
  expect(ids.every(isOrderId)).toBe(true);
});

test('a key always gives the same id, and another key another one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), async (key, other) => {
      fc.pre(key !== other);
      const id = await newOrderId(key);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(await newOrderId(key)).toBe(id);
      expect(await newOrderId(other)).not.toBe(id);
    }),
  );
});

test.each(['', 'recipes', '1', '../orders', '0F8FAD5B-D9CB-469F-A165-70867728950E'])('%j is no id', (text) => {
  expect(isOrderId(text)).toBe(false);
});
