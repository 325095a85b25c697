import type { Recipe } from '../../../../functions/domain/recipe.ts';

/** The recipes of the house, as customers know them. */
export const recipes: readonly Recipe[] = [
  {
    name: 'grandmas-butter',
    title: "Grandma's Butter Cookie",
    priceCents: 90,
    ingredients: { flour: 14, butter: 9.5, sugar: 5, egg: 3, salt: 0.1 },
    shelfLifeDays: 21,
  },
  {
    name: 'fantastic',
    title: 'The Fantastic Cookie, and Where to Find It',
    priceCents: 220,
    ingredients: { flour: 12, butter: 8, 'brown sugar': 7, egg: 3, hazelnut: 6, 'dragon fruit': 4 },
    shelfLifeDays: 10,
  },
  {
    name: 'one-ring',
    title: 'One Ring to Rule Them All',
    priceCents: 250,
    ingredients: { flour: 15, butter: 8, honey: 6, almond: 5, saffron: 0.02 },
    shelfLifeDays: 30,
  },
  {
    name: 'chocolate-chip',
    title: 'Chocolate Chip, Separated from the Logic',
    priceCents: 150,
    ingredients: { flour: 13, butter: 8, 'brown sugar': 8, egg: 3, 'chocolate chip': 9, salt: 0.2 },
    shelfLifeDays: 14,
  },
  {
    name: 'batter-bite',
    title: 'Batter-Bake-Bite',
    priceCents: 130,
    ingredients: { flour: 12, butter: 7, sugar: 6, egg: 4, vanilla: 0.3 },
    shelfLifeDays: 7,
  },
  {
    name: 'sticky-dough',
    title: 'Sticky Dough with Toffee',
    priceCents: 170,
    ingredients: { flour: 11, butter: 8, 'brown sugar': 9, cream: 5, date: 6 },
    shelfLifeDays: 5,
  },
  {
    name: 'smores',
    title: "S'mores",
    priceCents: 200,
    ingredients: { flour: 10, butter: 7, honey: 4, marshmallow: 8, 'chocolate chip': 7 },
    shelfLifeDays: 6,
  },
  {
    name: 'gingerbread',
    title: 'Gingerbread Menace',
    priceCents: 180,
    ingredients: { flour: 16, honey: 9, molasses: 5, egg: 3, ginger: 0.6, cinnamon: 0.4 },
    shelfLifeDays: 45,
  },
  {
    name: 'raisin',
    title: 'Raisin, the By-Product',
    priceCents: 110,
    ingredients: { flour: 10, oat: 8, butter: 7, sugar: 5, egg: 3, raisin: 8 },
    shelfLifeDays: 12,
  },
  {
    name: 'sabayon',
    title: 'Cream-Lined Sabayon',
    priceCents: 280,
    ingredients: { flour: 9, butter: 6, sugar: 7, 'egg yolk': 6, marsala: 4, cream: 8 },
    shelfLifeDays: 2,
  },
  {
    name: 'sprinkles',
    title: 'Sprinkles',
    priceCents: 140,
    ingredients: { flour: 13, butter: 8, sugar: 7, egg: 3, sprinkles: 4 },
    shelfLifeDays: 20,
  },
  {
    name: 'cookie-faction',
    title: 'Customer Cookie-Faction',
    priceCents: 160,
    ingredients: { flour: 12, butter: 8, sugar: 6, egg: 3, 'white chocolate': 6, cranberry: 5 },
    shelfLifeDays: 14,
  },
];
