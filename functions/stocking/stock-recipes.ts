import type { Journal, RecipeBookEditor } from '../domain/ports.ts';
import { readOldNames, readRecipes, readRequest, type StockingRequest } from './schema.ts';

/** What stocking needs. */
export interface Librarian {
  readonly recipeBook: RecipeBookEditor;
  readonly journal: Journal;
  /** Writes the answer where CloudFormation looks for it. */
  readonly answer: (responseUrl: string, answer: StockingAnswer) => Promise<void>;
}

/** The response object of a custom resource, by CloudFormation's names. */
export interface StockingAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** CloudFormation takes an answer of 4,096 bytes at most. */
const reasonLimit = 1_000;

/**
 * Makes the recipe book hold the recipes of a deploy, and answers CloudFormation.
 *
 * It always answers, also when it failed: a stack whose custom resource is silent waits until its time is up, and then
 * nobody knows why.
 *
 * @throws Only if the request cannot be answered at all, or the answer cannot be delivered; Lambda then tries again.
 */
export async function stockRecipes(event: unknown, librarian: Librarian): Promise<void> {
  const request = readRequest(event);
  const answer = await answerTo(request, librarian);
  await librarian.answer(request.ResponseURL, answer);
}

async function answerTo(request: StockingRequest, librarian: Librarian): Promise<StockingAnswer> {
  const { StackId, RequestId, LogicalResourceId } = request;
  // The same from creation to deletion: another one would tell CloudFormation that the resource was replaced.
  const PhysicalResourceId = request.PhysicalResourceId ?? `recipes-${LogicalResourceId}`;
  const identity = { PhysicalResourceId, StackId, RequestId, LogicalResourceId };
  try {
    const stocked = await stock(request, librarian);
    return { Status: 'SUCCESS', ...identity, Data: { Recipes: String(stocked) } };
  } catch (error) {
    librarian.journal.record({ event: 'StockingFailed', error });
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { Status: 'FAILED', Reason: reason.slice(0, reasonLimit), ...identity };
  }
}

/** Gives the number of recipes of the deploy. A deletion does nothing, because the table goes too. */
async function stock(request: StockingRequest, { recipeBook, journal }: Librarian): Promise<number> {
  if (request.RequestType === 'Delete') {
    return 0;
  }
  const recipes = readRecipes(request.ResourceProperties);
  const names = recipes.map(({ name }) => name);
  const withdrawn = readOldNames(request.OldResourceProperties).filter((name) => !names.includes(name));
  await Promise.all(recipes.map((recipe) => recipeBook.write(recipe)));
  await Promise.all(withdrawn.map((name) => recipeBook.strikeOut(name)));
  journal.record({ event: 'RecipesStocked', written: names, struckOut: withdrawn });
  return recipes.length;
}
