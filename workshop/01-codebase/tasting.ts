import { createHmac } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { accepted, placeOrders } from '../../client/factory/order-client.ts';
import type { Order } from '../../functions/domain/order.ts';
import type { Recipe } from '../../functions/domain/recipe.ts';
import { voucherStatement } from '../../functions/domain/voucher.ts';
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
  /** Of these, the ones whose voucher was signed with the key that was asked for. */
  readonly signed: number;
  /** Orders that were not answered 202. */
  readonly refused: number;
}

/** Fewer than there are ovens, so that no order is refused for want of one. */
const concurrency = 2;
const dayMs = 24 * 60 * 60 * 1000;

export interface TastingOptions {
  /** What the deploy should sign with. */
  readonly key: string;
  readonly signal: AbortSignal;
}

/** Orders one cookie of every recipe in a deploy's book. */
export async function tasteAll(url: string, { key, signal }: TastingOptions): Promise<Tasting> {
  const book = await readRecipes(url, signal);
  const placed = await placeOrders(url, book.length, {
    concurrency: concurrency,
    body: (index) => ({ customer: 'the taster', items: [{ recipe: book[index]?.name ?? '', quantity: 1 }] }),
    signal,
  });
  const recipes = new Map(book.map((recipe) => [recipe.name, recipe]));
  const orders = accepted(placed);
  const tastes = new Map(orders.flatMap((order) => tasteOf(order, recipes)));
  const signed = orders.filter((order) => isSignedWith(key, order, recipes)).length;
  return { tastes, signed, refused: book.length - tastes.size };
}

/** What the same orders cost at a deploy, two recipes each; undefined where one is refused. */
export async function billsOf(url: string, signal: AbortSignal): Promise<(number | undefined)[]> {
  const names = (await readRecipes(url, signal)).map(({ name }) => name).sort();
  const placed = await placeOrders(url, names.length, {
    concurrency,
    body: (index) => ({
      customer: 'the guest',
      items: [names[index] ?? '', names[(index + 1) % names.length] ?? ''].map((recipe) => ({ recipe, quantity: 1 })),
    }),
    signal,
  });
  return placed.map(({ order }) => order?.totalCents);
}

function isSignedWith(key: string, order: Order, recipes: ReadonlyMap<string, Recipe>): boolean {
  const baked = order.items.flatMap(({ recipe: name, quantity }) => {
    const recipe = recipes.get(name);
    return recipe ? [{ recipe, quantity }] : [];
  });
  const voucher = createHmac('sha256', key).update(voucherStatement(order.orderId, baked)).digest('hex');
  return order.status === 'BAKED' && order.voucher === voucher;
}

/** The recipes that two deploys do not bake alike: among them those that one of them does not bake. */
export function differencesBetween(one: Tasting, other: Tasting): string[] {
  const recipes = new Set([...one.tastes.keys(), ...other.tastes.keys()]);
  return [...recipes].filter((recipe) => !isDeepStrictEqual(one.tastes.get(recipe), other.tastes.get(recipe)));
}

function tasteOf(order: Order, book: ReadonlyMap<string, Recipe>): (readonly [string, Taste])[] {
  const [item] = order.items;
  const ingredients = book.get(item?.recipe ?? '')?.ingredients;
  if (!item || !ingredients || order.status !== 'BAKED') {
    return [];
  }
  // The bag names a day, and the oven a time on it.
  const keepsDays = Math.ceil((Date.parse(order.bestBefore) - Date.parse(order.bakedAt)) / dayMs);
  return [[item.recipe, { priceCents: item.priceCents, keepsDays, ingredients }]];
}
