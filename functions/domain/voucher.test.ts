import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chocolateChip, sabayon } from './kitchen.fixture.ts';
import { voucherStatement } from './voucher.ts';

test('names the order, and the grams of each ingredient over all items', () => {
  const items = [
    { recipe: sabayon, quantity: 2 },
    { recipe: chocolateChip, quantity: 3 },
  ];
  expect(voucherStatement('1f0c', items)).toBe('order 1f0c: chocolate chip 28.5, cream 16, flour 57');
});

test('does not depend on the order of items', () => {
  const item = fc.record({
    recipe: fc.record({
      ingredients: fc.dictionary(fc.constantFrom('flour', 'egg', 'oat'), fc.float({ min: 0, max: 99, noNaN: true })),
    }),
    quantity: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(fc.array(item), (drawn) => {
      const items = drawn.map(({ recipe, quantity }) => ({ recipe: { ...sabayon, ...recipe }, quantity }));
      expect(voucherStatement('1', items.toReversed())).toBe(voucherStatement('1', items));
    }),
  );
});
