/** How a cookie is made and what it costs. */
export interface Recipe {
  /** Lower-case words joined by hyphens; what an order calls it by. */
  readonly name: string;
  readonly title: string;
  /** Cents for one cookie. */
  readonly priceCents: number;
  /** Grams that go into one cookie, by ingredient. */
  readonly ingredients: Readonly<Record<string, number>>;
  /** Days that a baked cookie stays good. */
  readonly shelfLifeDays: number;
}

/** The recipe book as it is open on the table: recipes by their name. */
export type Recipes = ReadonlyMap<string, Recipe>;

/** What a recipe may look like. */
export const recipeLimits = {
  name: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  nameLength: 64,
  titleLength: 100,
  priceCents: 100_000,
  shelfLifeDays: 365,
} as const;
