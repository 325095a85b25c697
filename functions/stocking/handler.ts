import { createDynamoDb, documentsOf } from '../adapters/aws-clients.ts';
import { DynamoDbRecipeBook } from '../adapters/dynamodb-recipe-book.ts';
import { putJson } from '../adapters/presigned-url.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambdaFunction } from '../runtime/lambda-function.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { stockingEnv } from './contract.ts';
import { type Librarian, stockRecipes } from './stock-recipes.ts';

const env = readEnvironment(stockingEnv, process.env);
const telemetry = createTelemetry();

const librarian: Librarian = {
  recipeBook: new DynamoDbRecipeBook(documentsOf(createDynamoDb()), env.recipeTable),
  journal: telemetry.journal,
  answer: putJson,
};

/** Puts the recipes of a deploy into the recipe book, as a custom resource of CloudFormation. */
export const handler = lambdaFunction((event: unknown) => stockRecipes(event, librarian), telemetry);
