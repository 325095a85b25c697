import { expect, test } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

test('holds the latest entries', () => {
  const map = new BoundedMap<number>(2);
  for (const [i, key] of ['a', 'b', 'c'].entries()) {
    map.set(key, i);
  }
  expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([undefined, 1, 2]);
});
