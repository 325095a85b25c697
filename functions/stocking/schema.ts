import * as z from 'zod/mini';
import { type Recipe, recipeLimits } from '../domain/recipe.ts';

/** CloudFormation hands over every number of a resource's properties as a string. */
const numeric = z.pipe(
  z.union([z.number(), z.string().check(z.regex(/^\d+(\.\d+)?$/, 'must be a number'))], 'must be a number'),
  z.transform(Number),
);

const wholeNumber = (least: number, most: number) =>
  z.pipe(numeric, z.int(`must be a whole number from ${least} to ${most}`).check(z.gte(least), z.lte(most)));

const recipe = z.strictObject({
  name: z.string().check(z.maxLength(recipeLimits.nameLength), z.regex(recipeLimits.name, 'must be a slug')),
  title: z.string().check(z.minLength(1), z.maxLength(recipeLimits.titleLength)),
  priceCents: wholeNumber(1, recipeLimits.priceCents),
  ingredients: z
    .record(z.string().check(z.minLength(1)), z.pipe(numeric, z.number().check(z.positive('must be more than 0 g'))))
    .check(z.refine((ingredients) => Object.keys(ingredients).length > 0, 'must not be empty')),
  shelfLifeDays: wholeNumber(1, recipeLimits.shelfLifeDays),
});

const recipes = z.array(recipe).check(
  z.minLength(1),
  z.refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'must have different names'),
);

/** As much of CloudFormation's request as it takes to answer it. */
const requestEnvelope = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.optional(z.string()),
  ResourceProperties: z.optional(z.unknown()),
  OldResourceProperties: z.optional(z.unknown()),
});

export type StockingRequest = z.output<typeof requestEnvelope>;

const resourceProperties = z.object({ recipes });

/**
 * Only the names, and none where they cannot be read: when CloudFormation rolls back a deploy that failed because of its
 * recipes, those very recipes are the old properties, and the rollback must not fail because of them as well.
 */
const oldResourceProperties = z.catch(z.object({ recipes: z.array(z.object({ name: z.string() })) }), { recipes: [] });

/** Recipes that cannot go into the book. Its message names each fault, for the stack's events. */
export class InvalidRecipes extends Error {
  override readonly name = 'InvalidRecipes';

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super(issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  }
}

/** Reads the event of a custom resource. It throws only if the event is so wrong that nobody can be answered. */
export function readRequest(event: unknown): StockingRequest {
  return z.parse(requestEnvelope, event);
}

/** @throws InvalidRecipes */
export function readRecipes(properties: unknown): Recipe[] {
  const result = z.safeParse(resourceProperties, properties);
  if (!result.success) {
    throw new InvalidRecipes(result.error.issues);
  }
  return result.data.recipes;
}

/** The names of the recipes before this update. */
export function readOldNames(properties: unknown): string[] {
  return z.parse(oldResourceProperties, properties).recipes.map(({ name }) => name);
}
