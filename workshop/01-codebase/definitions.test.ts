import { expect, test } from 'vitest';
import { rootsOf, snapshotNumbered } from '../snapshots.ts';
import { defines, definitionsOf } from './definitions.ts';

test.each([
  { source: "  {\n    name: 'one-ring',\n    priceCents: 250 }", is: true },
  { source: '{ "name": "one-ring" }', is: true },
  { source: 'const ring = { name: `one-ring` };', is: true },
  { source: "{ name: 'one-ring-to-rule-them-all' }", is: false },
  { source: "order('one-ring');", is: false },
  { source: "{ recipe: 'one-ring', quantity: 1 }", is: false },
])('$source defines the one ring: $is', ({ source, is }) => {
  expect(defines(source, 'one-ring')).toBe(is);
});

test("in Grandma's kitchen a recipe is defined in two places", async () => {
  const repository = `${import.meta.dirname}/../..`;
  const folder = `workshop/${snapshotNumbered(0).slug}`;
  const recipes = ['dev', 'prod'].map((deploy) => `${folder}/${deploy}/recipes.ts`);
  const roots = rootsOf(snapshotNumbered(0)).map(({ file }) => file);
  expect(await definitionsOf('chocolate-chip', [...roots, ...recipes], repository)).toEqual(recipes);
});
