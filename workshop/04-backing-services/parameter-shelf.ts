import { randomUUID } from 'node:crypto';
import { DeleteRolePolicyCommand, IAMClient, NoSuchEntityException, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { bakingEnv } from '../../functions/baking/contract.ts';
import type { Recipe } from '../../functions/domain/recipe.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import type { Cost, Shelf } from './shelf.ts';

const free: Cost = { lines: 0, deploys: 0 };
const policy = 'AnotherRecipeBook';
const seconds = 30;

/** Recipes in a parameter: another book is another parameter, and the kitchen gets its name. */
export async function parameterShelf({ clients, outputs }: SnapshotUnderTest): Promise<Shelf> {
  const [ssm, lambda, iam] = [new SSMClient(clients), new LambdaClient(clients), new IAMClient(clients)];
  const Name = `/another-recipe-book/${randomUUID()}`;
  const FunctionName = outputs()['OrderingFunction'] ?? '';
  const { Role = '', Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const RoleName = Role.split('/').at(-1);
  const configured = Environment?.Variables ?? {};
  const attached = configured[bakingEnv.recipeBookParameter];
  if (attached === undefined) {
    throw new Error(`The function has no recipe book in ${bakingEnv.recipeBookParameter}.`);
  }
  let written: readonly Recipe[] = [];

  async function write(book: readonly Recipe[]): Promise<void> {
    written = book;
    const Value = JSON.stringify(book);
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  }

  /** Lets the kitchen in. */
  async function allow(): Promise<void> {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
    const Statement = [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: Parameter?.ARN }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: policy, PolicyDocument }));
  }

  /** Tells the kitchen which book to read. */
  async function tell(parameter: string): Promise<void> {
    const Variables = { ...configured, [bakingEnv.recipeBookParameter]: parameter };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: seconds, minDelay: 1 }, { FunctionName });
  }

  return {
    attach: async (book) => {
      await write(book);
      await allow();
      await tell(Name);
      return free;
    },
    edit: async (recipe) => {
      await write(written.map((one) => (one.name === recipe.name ? recipe : one)));
      return free;
    },
    putBack: async () => {
      try {
        await tell(attached);
        await unless(NoSuchEntityException, iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: policy })));
        await unless(ParameterNotFound, ssm.send(new DeleteParameterCommand({ Name })));
      } finally {
        for (const client of [ssm, lambda, iam]) {
          client.destroy();
        }
      }
    },
  };
}

/** What was never made is as good as removed. */
async function unless(gone: abstract new (...args: never[]) => Error, removal: Promise<unknown>): Promise<void> {
  await removal.catch((error: unknown) => {
    if (!(error instanceof gone)) {
      throw error;
    }
  });
}
