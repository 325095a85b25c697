import * as z from 'zod/mini';
import { parseJson } from '../domain/json.ts';
import { type Recipe, type Recipes, recipeLimits } from '../domain/recipe.ts';

/** A recipe book that cannot be baked from. Its message names each fault, and none of what is in the book. */
export class InvalidRecipeBook extends Error {
  override readonly name = 'InvalidRecipeBook';

  constructor(where: string, faults: readonly string[]) {
    super(`The recipe book in ${where} cannot be read: ${faults.slice(0, mostFaults).join('; ')}`);
  }
}

/** A book in which everything is wrong need not fill the log. */
const mostFaults = 10;

const wholeNumber = (least: number, most: number) =>
  z
    .number('must be a number')
    .check(z.refine((number) => Number.isInteger(number) && number >= least && number <= most, range(least, most)));

const range = (least: number, most: number) => `must be a whole number from ${least} to ${most}`;

const grams = z.number('must be a number').check(z.positive('must be more than 0 g'));

const recipe = z.strictObject({
  name: z.string().check(z.maxLength(recipeLimits.nameLength), z.regex(recipeLimits.name, 'must be a slug')),
  title: z.string().check(z.minLength(1), z.maxLength(recipeLimits.titleLength)),
  priceCents: wholeNumber(1, recipeLimits.priceCents),
  ingredients: z
    .record(z.string().check(z.minLength(1)), grams)
    .check(z.refine((ingredients) => Object.keys(ingredients).length > 0, 'must not be empty')),
  shelfLifeDays: wholeNumber(1, recipeLimits.shelfLifeDays),
});

const recipes = z
  .array(recipe, 'must be a list of recipes')
  .check(z.minLength(1, 'must not be empty'), z.refine(haveDifferentNames, 'must have different names'));

/**
 * Reads a recipe book out of its JSON, in the order that it is written in. A person who may write there may also be wrong, so
 * nothing of a book is used that is not right in all of it.
 *
 * @param where - What the book is called where it is kept, for the error.
 * @throws InvalidRecipeBook
 */
export function readRecipes(json: string, where: string): Recipes {
  const parsed = parseJson(json);
  if (parsed === undefined) {
    throw new InvalidRecipeBook(where, ['it is not JSON']);
  }
  const result = z.safeParse(recipes, parsed);
  if (!result.success) {
    throw new InvalidRecipeBook(where, result.error.issues.map(faultOf));
  }
  return new Map(result.data.map((one) => [one.name, one]));
}

function haveDifferentNames(all: readonly Recipe[]): boolean {
  return new Set(all.map(({ name }) => name)).size === all.length;
}

const faultOf = ({ path, message }: z.core.$ZodIssue): string => `${['recipes', ...path].join('.')}: ${message}`;
