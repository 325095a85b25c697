import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { configuredVariables } from '../../../client/factory/function-environment.ts';
import { bakingEnv } from '../../../functions/baking/contract.ts';
import type { Recipe } from '../../../functions/domain/recipe.ts';
import { experiment } from '../../experiment/experiment.ts';
import { atLeast, exactly, yes } from '../../experiment/requirement.ts';
import { until } from '../../experiment/until.ts';
import { Taster } from '../taster.ts';

const deploys = ['Dev', 'Prod'] as const;
const variable = 'RECIPE_MAX_AGE_SECONDS';
const recipeName = 'chocolate-chip';
/** Much longer than five seconds, and much shorter than thirty. */
const noticedWithinMs = 14_000;

/** A step further than factor 4: how long a kitchen remembers the book is config, too. */
export const proof = experiment({
  question: 'Can a deploy say how long its kitchens remember the recipe book?',
  headline: 'RECIPE_MAX_AGE_SECONDS in Dev and in Prod: {ages.before}, and now {ages.after}.',
  deploys,
  observables: {
    ages: {
      kind: 'gate',
      title: 'RECIPE_MAX_AGE_SECONDS in Dev and in Prod',
      must: exactly('5 and 30'),
      lookAt: 'stack.ts sets it: a stack knows its id, and the kitchen has a method configure.',
    },
    quick: {
      kind: 'gate',
      timed: true,
      title: 'a kitchen in Dev shows an edit within 14 seconds',
      must: yes,
      lookAt: 'The variable is set, and the code goes by another number: is it read and handed to the recipe book?',
    },
    accepted: { kind: 'guard', title: 'orders baked meanwhile', must: atLeast(2) },
  },
  async *observe(snapshot) {
    const [ssm, lambda] = [new SSMClient(snapshot.clients), new LambdaClient(snapshot.clients)];
    try {
      const variables = await Promise.all(
        deploys.map((deploy) => configuredVariables(snapshot.outputs(deploy)['OrderingFunction'] ?? '', lambda)),
      );
      yield { ages: variables.map((of) => of[variable] ?? 'not set').join(' and ') };

      const Name = variables[0]?.[bakingEnv.recipeBookParameter] ?? '';
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
      const write = (Value: string) => ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true }));
      const book = JSON.parse(Parameter?.Value ?? '') as Recipe[];
      const taster = new Taster(snapshot.outputs('Dev')['OrderingUrl'] ?? '', recipeName, snapshot.signal);
      try {
        // The kitchen that takes this order is the one that takes the next ones.
        const usual = (await taster.price()) ?? 0;
        await write(JSON.stringify(book.map((recipe) => ({ ...recipe, priceCents: recipe.priceCents + 1 }))));
        snapshot.report('waiting for a kitchen to notice an edit');
        const isSeen = async () => ((await taster.price()) === usual + 1 ? true : undefined);
        const quick = await until(isSeen, { within: noticedWithinMs, every: 500, signal: snapshot.signal });
        yield { quick: quick ?? false, accepted: taster.baked };
      } finally {
        await write(Parameter?.Value ?? '');
      }
    } finally {
      ssm.destroy();
      lambda.destroy();
    }
  },
});
