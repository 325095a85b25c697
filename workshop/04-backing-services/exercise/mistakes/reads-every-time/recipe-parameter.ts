import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { readRecipes } from '../../../../../functions/adapters/recipe-document.ts';
import type { RecipeBook } from '../../../../../functions/domain/ports.ts';

/**
 * The recipe book in a parameter of SSM: a JSON list of recipes. `GetParameterCommand` fetches it. Every order needs the
 * whole book, and it is seldom written: so it is fetched at most twice a minute, and remembered in between.
 *
 * Whoever writes in the book may make a mistake. A book with one in it is not used at all, and the error says what is wrong:
 * `readRecipes` in `functions/adapters/recipe-document.ts` does that.
 *
 * @param parameter - Its name, which the environment tells.
 */
export function recipeParameter(ssm: SSMClient, parameter: string): RecipeBook {
  return {
    recipes: async () => {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameter }));
      return readRecipes(Parameter?.Value ?? '', parameter);
    },
  };
}
