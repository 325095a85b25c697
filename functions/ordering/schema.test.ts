import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderLimits } from '../domain/contract.ts';
import { bodyLimitBytes, readListQuery, readOrderRequest } from './schema.ts';

const item = { recipe: 'raisin', quantity: 1 };
const body = { customer: 'Ada', items: [item] };
const many = (count: number) => Array.from({ length: count }, () => item);
const long = (characters: number) => 'x'.repeat(characters);

function refusal(attempt: () => unknown): { name?: string; fields: string[] } {
  try {
    attempt();
  } catch (error) {
    const { name, fields } = error as { name: string; fields: { field: string }[] };
    return { name, fields: fields.map(({ field }) => field) };
  }
  return { fields: [] };
}

test.each([
  ['customer missing', { items: [item] }, ['customer']],
  ['customer empty', { ...body, customer: '' }, ['customer']],
  ['customer of blanks', { ...body, customer: '  ' }, ['customer']],
  ['customer too long', { ...body, customer: long(101) }, ['customer']],
  ['customer not a text', { ...body, customer: 7 }, ['customer']],
  ['items missing', { customer: 'Ada' }, ['items']],
  ['items not a list', { ...body, items: item }, ['items']],
  ['no item', { ...body, items: [] }, ['items']],
  ['an item too many', { ...body, items: many(21) }, ['items']],
  ['an item that is none', { ...body, items: ['raisin'] }, ['items[0]']],
  ['recipe missing', { ...body, items: [{ quantity: 1 }] }, ['items[0].recipe']],
  ['recipe too long', { ...body, items: [{ recipe: long(65), quantity: 1 }] }, ['items[0].recipe']],
  ['a quantity missing', { ...body, items: [{ recipe: 'raisin' }] }, ['items[0].quantity']],
  ['a quantity of 0', { ...body, items: [{ ...item, quantity: 0 }] }, ['items[0].quantity']],
  ['a quantity of -1', { ...body, items: [{ ...item, quantity: -1 }] }, ['items[0].quantity']],
  ['a quantity of 1.5', { ...body, items: [{ ...item, quantity: 1.5 }] }, ['items[0].quantity']],
  ['a quantity of 101', { ...body, items: [{ ...item, quantity: 101 }] }, ['items[0].quantity']],
  ['a quantity of 10,000', { ...body, items: [{ ...item, quantity: 10_000 }] }, ['items[0].quantity']],
  ['a quantity in quotes', { ...body, items: [{ ...item, quantity: '1' }] }, ['items[0].quantity']],
  ['a member nobody knows', { ...body, coupon: 'free' }, ['coupon']],
  ['a member of an item nobody knows', { ...body, items: [{ ...item, price: 0 }] }, ['items[0].price']],
  ['a price and a total of the customer', { ...body, totalCents: 0, priceCents: 0 }, ['totalCents', 'priceCents']],
  ['two faults', { customer: '', items: [item, { ...item, quantity: 0 }] }, ['customer', 'items[1].quantity']],
  ['a list', [body], ['body']],
  ['null', null, ['body']],
])('refuses %s', (_, content, fields) => {
  expect(refusal(() => readOrderRequest(JSON.stringify(content), undefined))).toEqual({
    name: 'InvalidRequest',
    fields,
  });
});

test.each(['', 'cookies please', '{"customer":"Ada"', "{'customer':'Ada'}"])('%j is not JSON', (text) => {
  expect(refusal(() => readOrderRequest(text, undefined))).toEqual({ name: 'NotJson', fields: [] });
});

test('a body is measured in bytes before it is read', () => {
  const padded = (bytes: number) => JSON.stringify(body).padEnd(bytes, ' ');
  expect(readOrderRequest(padded(bodyLimitBytes), undefined)).toEqual(body);
  expect(refusal(() => readOrderRequest(padded(bodyLimitBytes + 1), undefined)).name).toBe('BodyTooLarge');
  expect(refusal(() => readOrderRequest('ü'.repeat(bodyLimitBytes / 2 + 1), undefined)).name).toBe('BodyTooLarge');
});

test('takes every order within the limits, and trims names', () => {
  const name = (most: number) => fc.string({ minLength: 1, maxLength: most }).filter((text) => text.trim() !== '');
  const order = fc.record({
    customer: name(orderLimits.customer),
    items: fc.array(
      fc.record({ recipe: name(orderLimits.recipe), quantity: fc.integer({ min: 1, max: orderLimits.quantity }) }),
      { minLength: 1, maxLength: orderLimits.items },
    ),
  });
  fc.assert(
    fc.property(order, ({ customer, items }) => {
      expect(readOrderRequest(JSON.stringify({ customer, items }), undefined)).toEqual({
        customer: customer.trim(),
        items: items.map(({ recipe, quantity }) => ({ recipe: recipe.trim(), quantity })),
      });
    }),
  );
});

test('whatever else it is given, it refuses, and with a reason of its own', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(refusal(() => readOrderRequest(text, undefined)).name).toBe('InvalidRequest');
    }),
  );
});

test.each([
  ['of the longest', long(255), []],
  ['too long', long(256), ['Idempotency-Key']],
  ['empty', '', ['Idempotency-Key']],
  ['with a blank', 'a b', ['Idempotency-Key']],
])('an idempotency key %s', (_, key, fields) => {
  expect(refusal(() => readOrderRequest(JSON.stringify(body), key)).fields).toEqual(fields);
});

test.each([
  ['the customer alone', { customer: 'Ada' }, { customer: 'Ada', page: { limit: 20 } }],
  ['a limit', { customer: 'Ada', limit: '100' }, { customer: 'Ada', page: { limit: 100 } }],
  ['a cursor', { customer: 'Ada', next: 'abc' }, { customer: 'Ada', page: { limit: 20, next: 'abc' } }],
])('a list query of %s', (_, query, expected) => {
  expect(readListQuery(query)).toEqual(expected);
});

test.each([
  ['no customer', {}, ['customer']],
  ['a limit of 0', { customer: 'Ada', limit: '0' }, ['limit']],
  ['a limit of 101', { customer: 'Ada', limit: '101' }, ['limit']],
  ['a limit that is no number', { customer: 'Ada', limit: 'all' }, ['limit']],
  ['a parameter nobody knows', { customer: 'Ada', status: 'BAKED' }, ['status']],
])('a list query of %s is refused', (_, query, fields) => {
  expect(refusal(() => readListQuery(query))).toEqual({ name: 'InvalidRequest', fields });
});
