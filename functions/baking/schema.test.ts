import { expect, test } from 'vitest';
import { readTicket } from './schema.ts';

const ticket = {
  orderId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  placedAt: '2026-11-23T08:00:00.000Z',
  items: [{ recipe: 'raisin', quantity: 2 }],
};

test('reads a ticket, and lets pass what a newer ordering may have added', () => {
  expect(readTicket(JSON.stringify(ticket))).toEqual(ticket);
  expect(readTicket(JSON.stringify({ ...ticket, giftWrap: true }))).toEqual(ticket);
});

test.each([
  ['no JSON', 'not an order', 'it is not JSON'],
  ['nothing', 'null', 'wrong at the whole'],
  ['no order', JSON.stringify({ ...ticket, orderId: '' }), 'wrong at orderId'],
  ['a time that is missing', JSON.stringify({ ...ticket, placedAt: undefined }), 'wrong at placedAt'],
  ['a time without offset', JSON.stringify({ ...ticket, placedAt: '2026-11-23T08:00:00.000' }), 'wrong at placedAt'],
  ['no time', JSON.stringify({ ...ticket, placedAt: 'yesterday' }), 'wrong at placedAt'],
  ['no items', JSON.stringify({ ...ticket, items: [] }), 'wrong at items'],
  ['half a cookie', JSON.stringify({ ...ticket, items: [{ recipe: 'raisin', quantity: 0.5 }] }), 'at items.0.quantity'],
])('cannot read a ticket with %s', (_, body, why) => {
  expect(() => readTicket(body)).toThrow(
    expect.objectContaining({ name: 'UnreadableTicket', message: expect.stringContaining(why) }),
  );
});
