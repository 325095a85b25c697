import { isDeepStrictEqual } from 'node:util';
import { accepted, placeOrders } from '../../client/factory/order-client.ts';
import type { Order } from '../../functions/domain/order.ts';
import type { Recipe } from '../../functions/domain/recipe.ts';
import { readRecipes } from '../experiment/read-recipes.ts';

/** What a customer can tell about the cookies of one recipe. */
export interface Taste {
  readonly priceCents: number;
  /** How many days the bag says that they keep. */
  readonly keepsDays: number;
  readonly ingredients: Recipe['ingredients'];
}

export interface Tasting {
  /** What was ordered and baked, by recipe. */
  readonly tastes: ReadonlyMap<string, Taste>;
  /** Orders that were not answered 202. */
  readonly refused: number;
}

/** Fewer than there are ovens, so that no order is refused for want of one. */
const concurrency = 2;
const dayMs = 24 * 60 * 60 * 1000;

/** Orders one cookie of every recipe in a deploy's book. */
export async function tasteAll(url: string, signal: AbortSignal): Promise<Tasting> {
  const book = await readRecipes(url, signal);
  const placed = await placeOrders(url, book.length, {
    concurrency: concurrency,
    body: (index) => ({ customer: 'the taster', items: [{ recipe: book[index]?.name ?? '', quantity: 1 }] }),
    signal,
  });
  const ingredients = new Map(book.map((recipe) => [recipe.name, recipe.ingredients]));
  const tastes = new Map(accepted(placed).flatMap((order) => tasteOf(order, ingredients)));
  return { tastes, refused: book.length - tastes.size };
}

/** The recipes that two deploys do not bake alike: among them those that one of them does not bake. */
export function differencesBetween(one: Tasting, other: Tasting): string[] {
  const recipes = new Set([...one.tastes.keys(), ...other.tastes.keys()]);
  return [...recipes].filter((recipe) => !isDeepStrictEqual(one.tastes.get(recipe), other.tastes.get(recipe)));
}

function tasteOf(order: Order, book: ReadonlyMap<string, Recipe['ingredients']>): (readonly [string, Taste])[] {
  const [item] = order.items;
  const ingredients = book.get(item?.recipe ?? '');
  if (!item || !ingredients || order.status !== 'BAKED') {
    return [];
  }
  // The bag names a day, and the oven a time on it.
  const keepsDays = Math.ceil((Date.parse(order.bestBefore) - Date.parse(order.bakedAt)) / dayMs);
  return [[item.recipe, { priceCents: item.priceCents, keepsDays, ingredients }]];
}
