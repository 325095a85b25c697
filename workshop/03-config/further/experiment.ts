import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { configuredVariables } from '../../../client/factory/function-environment.ts';
import { bakingEnv } from '../../../functions/baking/contract.ts';
import { experiment } from '../../experiment/experiment.ts';
import { exactly, yes } from '../../experiment/requirement.ts';

const deploys = ['Dev', 'Prod'] as const;

/** A step further than factor 3: the same code in two deploys, each with an oven time of its own. */
export const proof = experiment({
  question: 'Can two deploys of the same code be set differently, without the code knowing which is which?',
  headline: 'The oven time in Dev and in Prod was {ovenTimes.before} ms; now it is {ovenTimes.after} ms.',
  deploys,
  observables: {
    ovenTimes: {
      kind: 'gate',
      title: 'oven time in Dev and in Prod, in milliseconds',
      must: exactly('5 and 20'),
      lookAt: 'A stack knows its id, Dev or Prod. Give OvenTime a property for the time, and set it in stack.ts.',
    },
    sameAsset: {
      kind: 'guard',
      title: 'both deploys run the same code',
      must: yes,
      lookAt: 'The code must not differ between deploys, nor be built twice: only the parameter does.',
    },
  },
  async observe(snapshot) {
    const [ssm, lambda] = [new SSMClient(snapshot.clients), new LambdaClient(snapshot.clients)];
    try {
      const settings = await Promise.all(
        deploys.map(async (deploy) => {
          const variables = await configuredVariables(snapshot.outputs(deploy)['OrderingFunction'] ?? '', lambda);
          const Name = variables[bakingEnv.ovenTimeParameter];
          return (await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value;
        }),
      );
      const code = deploys.map((deploy) => codeIn(snapshot.template(deploy)));
      return { ovenTimes: settings.join(' and '), sameAsset: code[0] !== '' && code[0] === code[1] };
    } finally {
      ssm.destroy();
      lambda.destroy();
    }
  },
});

/** Where the code of a deploy's functions is: assets are called by the hash of their content. */
function codeIn(template: Readonly<Record<string, unknown>>): string {
  const resources = Object.values(template['Resources'] ?? {}) as {
    readonly Properties?: { readonly Code?: { readonly S3Key?: string } };
  }[];
  return resources.flatMap(({ Properties }) => Properties?.Code?.S3Key ?? []).join();
}
