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
import { fastClocks, roomyTimeout } from './fast-clock.ts';

const policy = 'AnotherRecipeBook';
const seconds = 30;

/** A second recipe book in Parameter Store, which an operator attaches the kitchen to: its name and a permission, no code. */
export interface OtherBook {
  /** Writes the book, and tells the kitchen where it is. Environments that run end, and new ones read the new variable. */
  attach(book: readonly Recipe[]): Promise<void>;
  /** Changes one recipe of the book. The kitchen may need a moment to notice. */
  edit(recipe: Recipe): Promise<void>;
  /** Has every recipe of the kitchen's own book changed for a while, where it is attached to one. */
  whileHouseIs(change: (recipe: Recipe) => Recipe, work: () => Promise<void>): Promise<void>;
  /** Has the kitchen bake from its own book again, and leaves nothing behind. */
  putBack(): Promise<void>;
}

export async function openOtherBook({ clients, outputs }: SnapshotUnderTest): Promise<OtherBook> {
  const [ssm, lambda, iam] = [new SSMClient(clients), new LambdaClient(clients), new IAMClient(clients)];
  const FunctionName = outputs()['OrderingFunction'] ?? '';
  const { Role = '', Environment, Timeout } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const RoleName = Role.split('/').at(-1);
  const configured = Environment?.Variables ?? {};
  /** One for each book that was attached; the last one is. */
  const names: string[] = [];
  let written: readonly Recipe[] = [];

  async function write(book: readonly Recipe[]): Promise<void> {
    written = book;
    const Name = names.at(-1);
    const Value = JSON.stringify(book);
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  }

  /** Lets the kitchen in. */
  async function allow(): Promise<void> {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: names.at(-1) }));
    const Statement = [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: Parameter?.ARN }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: policy, PolicyDocument }));
  }

  async function configure(Variables: Record<string, string>, timeout = Timeout): Promise<void> {
    const change = { Environment: { Variables }, Timeout: timeout };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...change }));
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: seconds, minDelay: 1 }, { FunctionName });
  }

  return {
    attach: async (book) => {
      const name = `/another-recipe-book/${randomUUID()}`;
      names.push(name);
      await write(book);
      await allow();
      const variables = { [bakingEnv.recipeBookParameter]: name, NODE_OPTIONS: fastClocks };
      await configure({ ...configured, ...variables }, roomyTimeout);
    },
    edit: async (recipe) => {
      await write(written.map((one) => (one.name === recipe.name ? recipe : one)));
    },
    whileHouseIs: async (change, work) => {
      const Name = configured[bakingEnv.recipeBookParameter];
      if (Name === undefined) {
        return await work();
      }
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
      const put = (Value = '') => ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true }));
      await put(JSON.stringify((JSON.parse(Parameter?.Value ?? '') as Recipe[]).map(change)));
      try {
        await work();
      } finally {
        await put(Parameter?.Value);
      }
    },
    putBack: async () => {
      try {
        await configure(configured);
        await unless(NoSuchEntityException, iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: policy })));
        for (const Name of names) {
          await unless(ParameterNotFound, ssm.send(new DeleteParameterCommand({ Name })));
        }
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
