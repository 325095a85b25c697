import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { RecipeBook } from '../domain/ports.ts';
import type { Recipes } from '../domain/recipe.ts';
import { readRecipes } from './recipe-document.ts';

/** Seconds for which a book is used before it is fetched again: how long an edit takes to show. */
const maxAge = 30;

/**
 * The recipe book in a parameter of SSM. Every order needs the whole of it, and it is small and seldom written: so it is
 * fetched at once, remembered, and read anew only where it says something else than before.
 */
export class RecipeBookParameter implements RecipeBook {
  readonly #provider: SSMProvider;
  readonly #parameter: string;
  #read: { readonly json: string; readonly recipes: Recipes } | undefined;

  /** @param parameter - Name or ARN. */
  constructor(client: SSMClient, parameter: string) {
    this.#provider = new SSMProvider({ awsSdkV3Client: client });
    this.#parameter = parameter;
  }

  /** @throws InvalidRecipeBook */
  async recipes(): Promise<Recipes> {
    const json = await this.#provider.get(this.#parameter, { maxAge, throwOnMissing: true });
    if (this.#read?.json !== json) {
      this.#read = { json, recipes: readRecipes(json, this.#parameter) };
    }
    return this.#read.recipes;
  }
}
