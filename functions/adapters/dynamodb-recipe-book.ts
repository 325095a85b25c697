import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { RecipeBook, RecipeBookEditor } from '../domain/ports.ts';
import type { Recipe, Recipes } from '../domain/recipe.ts';
import { recipeTable } from './contract.ts';

export interface DynamoDbRecipeBookOptions {
  /** Milliseconds for which recipes that were read are used again. @default 30000 */
  readonly maxAgeMs?: number;
  /** Milliseconds of a clock that only runs forward. @default - `performance.now` */
  readonly now?: () => number;
}

/**
 * The recipe book in a DynamoDB table, a recipe an item.
 *
 * The whole book is read at once and remembered, because every order needs it and it is small and seldom written. So a
 * change shows within `maxAgeMs`. Requests that come while the book is being read share that one reading; one that
 * failed is not remembered.
 */
export class DynamoDbRecipeBook implements RecipeBook, RecipeBookEditor {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #maxAgeMs: number;
  readonly #now: () => number;
  #read: { readonly at: number; readonly recipes: Promise<Recipes> } | undefined;

  constructor(documents: DynamoDBDocumentClient, table: string, options: DynamoDbRecipeBookOptions = {}) {
    this.#documents = documents;
    this.#table = table;
    this.#maxAgeMs = options.maxAgeMs ?? 30_000;
    this.#now = options.now ?? (() => performance.now());
  }

  async recipes(): Promise<Recipes> {
    const now = this.#now();
    if (this.#read && now - this.#read.at < this.#maxAgeMs) {
      return await this.#read.recipes;
    }
    const read = { at: now, recipes: this.#readAll() };
    this.#read = read;
    try {
      return await read.recipes;
    } catch (error) {
      if (this.#read === read) {
        this.#read = undefined;
      }
      throw error;
    }
  }

  async write(recipe: Recipe): Promise<void> {
    await this.#documents.send(new PutCommand({ TableName: this.#table, Item: recipe }));
  }

  async strikeOut(name: string): Promise<void> {
    await this.#documents.send(
      new DeleteCommand({ TableName: this.#table, Key: { [recipeTable.partitionKey]: name } }),
    );
  }

  async #readAll(): Promise<Recipes> {
    const recipes: Recipe[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await this.#documents.send(
        new ScanCommand({ TableName: this.#table, ...(start && { ExclusiveStartKey: start }) }),
      );
      recipes.push(...((page.Items ?? []) as Recipe[]));
      start = page.LastEvaluatedKey;
    } while (start);
    recipes.sort((one, other) => one.name.localeCompare(other.name, 'en'));
    return new Map(recipes.map((recipe) => [recipe.name, recipe]));
  }
}
