import { expect, test } from 'vitest';
import type { Recipe } from '../../functions/domain/recipe.ts';
import { changedLines, writePrices } from './source-prices.ts';

const source = `const recipes = [
  {
    name: 'one-ring',
    title: 'One Ring to Rule Them All',
    priceCents: 250,
    ingredients: { flour: 15 },
  },
  {
    name: 'raisin',
    priceCents: 110,
  },
];
`;

const priced = (name: string, priceCents: number): Recipe => ({
  ...{ name, priceCents },
  ...{ title: name, ingredients: {}, shelfLifeDays: 1 },
});

test('a price is written into the recipe that it belongs to', () => {
  const changed = writePrices(source, [priced('raisin', 120)]);
  expect(changed).toBe(source.replace('110', '120'));
  expect(changedLines(source, changed)).toBe(1);
});

test('every recipe of a book is a line', () => {
  const changed = writePrices(source, [priced('raisin', 120), priced('one-ring', 260)]);
  expect(changedLines(source, changed)).toBe(2);
});

test('what is not in the source leaves it as it is', () => {
  expect(writePrices(source, [priced('one', 1), priced('sabayon', 1)])).toBe(source);
  expect(changedLines(source, source)).toBe(0);
});
