import { deepEqual } from 'node:assert/strict';
import { priceItems } from '../../functions/domain/pricing.ts';

/** What the house adds to the price in the recipe book. */
const surchargeCents = 0;

/** The unit test that stands for all of them in this experiment, because it is done in a blink. */
const recipe = { name: 'one-ring', title: 'One Ring', priceCents: 250, ingredients: {}, shelfLifeDays: 30 };
deepEqual(priceItems([{ recipe: 'one-ring', quantity: 3 }], new Map([[recipe.name, recipe]])), [
  { recipe: 'one-ring', quantity: 3, priceCents: 250 + surchargeCents },
]);
