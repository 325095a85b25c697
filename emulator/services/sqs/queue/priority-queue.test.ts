import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PriorityQueue } from './priority-queue.ts';

test('items leave by their key, then in the order in which they came', () => {
  const queue = new PriorityQueue<string>();
  for (const [item, key] of [
    ['c', 2],
    ['a', 1],
    ['d', 2],
    ['b', 1],
  ] as const) {
    queue.push(item, key);
  }
  expect([queue.pop(), queue.pop(), queue.pop(), queue.pop(), queue.pop()]).toEqual(['a', 'b', 'c', 'd', undefined]);
});

test('it is empty at the end of time', () => {
  const queue = new PriorityQueue<string>();
  expect([queue.first, queue.firstKey, queue.size]).toEqual([undefined, Number.POSITIVE_INFINITY, 0]);
});

test('it behaves as a sorted list, whatever is pushed, moved, removed and popped', () => {
  const step = fc.tuple(fc.constantFrom('push', 'remove', 'pop'), fc.nat(20), fc.nat(5));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = new PriorityQueue<number>();
      let model: { item: number; key: number }[] = [];
      for (const [action, item, key] of steps) {
        if (action === 'pop') {
          expect(queue.pop()).toBe(model.shift()?.item);
        } else {
          model = model.filter((entry) => entry.item !== item);
          queue.remove(item);
        }
        if (action === 'push') {
          queue.push(item, key);
          const after = model.findIndex((entry) => entry.key > key);
          model.splice(after === -1 ? model.length : after, 0, { item, key });
        }
        expect([queue.size, queue.first, queue.has(item)]).toEqual([
          model.length,
          model[0]?.item,
          model.some((entry) => entry.item === item),
        ]);
      }
    }),
  );
});
