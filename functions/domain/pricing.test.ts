import { expect, test } from 'vitest';
import type { UnknownRecipe } from './errors.ts';
import { chocolateChip, sabayon } from './kitchen.fixture.ts';
import { priceItems } from './pricing.ts';

const recipes = new Map([chocolateChip, sabayon].map((recipe) => [recipe.name, recipe]));

test('every item gets the price of its recipe', () => {
  const items = [
    { recipe: 'sabayon', quantity: 2 },
    { recipe: 'chocolate-chip', quantity: 1 },
  ];
  expect(priceItems(items, recipes)).toEqual([
    { recipe: 'sabayon', quantity: 2, priceCents: 280 },
    { recipe: 'chocolate-chip', quantity: 1, priceCents: 150 },
  ]);
});

test('recipes that are not in the book are named, each with its field', () => {
  const items = [
    { recipe: 'spinach', quantity: 1 },
    { recipe: 'sabayon', quantity: 1 },
    { recipe: 'constructor', quantity: 1 },
  ];
  expect(() => priceItems(items, recipes)).toThrow(
    expect.objectContaining({
      name: 'UnknownRecipe' satisfies UnknownRecipe['name'],
      fields: [
        { field: 'items[0].recipe', message: '"spinach" is not in the recipe book' },
        { field: 'items[2].recipe', message: '"constructor" is not in the recipe book' },
      ],
    }),
  );
});
