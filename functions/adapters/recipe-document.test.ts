import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chocolateChip, sabayon } from '../domain/kitchen.fixture.ts';
import { readRecipes } from './recipe-document.ts';

const read = (...recipes: readonly object[]) => readRecipes(JSON.stringify(recipes), '/book');

test('a book is read in the order that it is written in', () => {
  expect([...read(sabayon, chocolateChip)]).toEqual([
    ['sabayon', sabayon],
    ['chocolate-chip', chocolateChip],
  ]);
});

test.each([
  ['no recipe at all', [], 'recipes: must not be empty'],
  ['a price of nothing', [{ ...sabayon, priceCents: 0 }], 'recipes.0.priceCents: must be a whole number from 1 to'],
  ['half a cent', [{ ...sabayon, priceCents: 0.5 }], 'recipes.0.priceCents: must be a whole number'],
  ['a price in words', [{ ...sabayon, priceCents: '280' }], 'recipes.0.priceCents: must be a number'],
  ['a price without end', [{ ...sabayon, priceCents: 1e300 }], 'recipes.0.priceCents: must be a whole number'],
  ['a shelf life of years', [{ ...sabayon, shelfLifeDays: 366 }], 'recipes.0.shelfLifeDays: must be a whole number'],
  ['a name that is none', [{ ...sabayon, name: 'Sabayon!' }], 'recipes.0.name: must be a slug'],
  ['no ingredients', [{ ...sabayon, ingredients: {} }], 'recipes.0.ingredients: must not be empty'],
  ['nothing of an ingredient', [{ ...sabayon, ingredients: { air: 0 } }], 'recipes.0.ingredients.air: must be more'],
  ['a member nobody knows', [{ ...sabayon, colour: 'gold' }], 'recipes.0: '],
  ['two of a name', [sabayon, sabayon], 'recipes: must have different names'],
  ['what is no recipe', [null], 'recipes.0: '],
])('a book with %s is refused, by its name and by where that is', (_, recipes, says) => {
  expect(() => read(...(recipes as object[]))).toThrow(`The recipe book in /book cannot be read: ${says}`);
});

test.each(['', 'sabayon', '[', '{}', 'null'])('"%s" is no book', (json) => {
  expect(() => readRecipes(json, '/book')).toThrow(/\/book cannot be read: (it is not JSON|recipes: must be a list)/);
});

test('a book in which everything is wrong is refused in few words', () => {
  const wrong = Array.from({ length: 1_000 }, (_, n) => ({ ...sabayon, name: `sabayon-${n}`, priceCents: -1 }));
  expect(() => read(...wrong)).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,1000}$/) }));
});

test('the house has a book that can be read, with at least eight recipes', () => {
  const json = readFileSync(join(import.meta.dirname, '..', '..', 'infra', 'house-recipes.json'), 'utf8');
  expect(readRecipes(json, 'the house').size).toBeGreaterThanOrEqual(8);
});
