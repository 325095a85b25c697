import { expect, test } from 'vitest';
import { readEnvironment, wholeNumber } from './environment.ts';

const contract = { orderTable: 'ORDER_TABLE', bakeQueueUrl: 'BAKE_QUEUE_URL' } as const;

test('gives each variable by its meaning', () => {
  const environment = { ORDER_TABLE: 'orders', BAKE_QUEUE_URL: 'https://queue', OTHER: 'x' };
  expect(readEnvironment(contract, environment)).toEqual({ orderTable: 'orders', bakeQueueUrl: 'https://queue' });
});

test.each([
  [{}, 'ORDER_TABLE, BAKE_QUEUE_URL'],
  [{ ORDER_TABLE: 'orders', BAKE_QUEUE_URL: '' }, 'BAKE_QUEUE_URL'],
])('names all that is missing in %j', (environment, names) => {
  expect(() => readEnvironment(contract, environment)).toThrow(`Environment variables that are not set: ${names}`);
});

test.each([
  ['24', 24],
  ['1', 1],
])('%j is a whole number', (value, number) => {
  expect(wholeNumber('OVEN_CAPACITY', value, 1)).toBe(number);
});

test.each(['0', '-1', '1.5', '', ' 1', '1e3', 'many', '99999999999999999999'])('%j is none', (value) => {
  expect(() => wholeNumber('OVEN_CAPACITY', value, 1)).toThrow('OVEN_CAPACITY must be a whole number of 1 or more');
});
