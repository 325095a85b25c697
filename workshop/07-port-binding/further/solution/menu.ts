import { RecipeBookParameter } from '../../../../functions/adapters/recipe-book-parameter.ts';
import { createSsm } from '../../../../functions/adapters/ssm-client.ts';
import { orderingEnv } from '../../../../functions/ordering/contract.ts';
import { readEnvironment } from '../../../../functions/runtime/environment.ts';
import { type HttpRoute, httpFunction } from '../../../../functions/runtime/http-function.ts';
import { json } from '../../../../functions/runtime/http-message.ts';
import { createLogFile } from '../../../smells/log-file.ts';

const { recipeBookParameter } = orderingEnv;
const env = readEnvironment({ recipeBookParameter }, process.env);
const recipeBook = new RecipeBookParameter(createSsm(), env.recipeBookParameter);

const menu: HttpRoute = {
  method: 'GET',
  path: '/recipes',
  handler: async () => json(200, { recipes: [...(await recipeBook.recipes()).values()] }),
};

/** Shows the recipes, and nothing else. */
export const handler = httpFunction([menu], createLogFile());
