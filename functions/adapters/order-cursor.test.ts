import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './order-cursor.ts';

const key = { orderId: '1', customer: 'Ada', placedAt: '2026-11-23T08:00:00.000Z' };

test('a cursor leads back to its key', () => {
  expect(decodeCursor(encodeCursor(key), 'Ada')).toEqual(key);
});

test.each([
  ['of another customer', encodeCursor({ ...key, customer: 'Bob' })],
  ['with a part missing', encodeCursor({ orderId: '1', customer: 'Ada' })],
  ['with a part too many', encodeCursor({ ...key, status: 'BAKED' })],
  ['with an empty part', encodeCursor({ ...key, orderId: '' })],
  ['that is empty', ''],
])('a cursor %s is refused', (_, cursor) => {
  expect(() => decodeCursor(cursor, 'Ada')).toThrow(expect.objectContaining({ name: 'InvalidRequest' }));
});

test('whatever a client makes up is refused', () => {
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      expect(() => decodeCursor(cursor, 'Ada')).toThrow(expect.objectContaining({ name: 'InvalidRequest' }));
    }),
  );
});
