import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DeleteRolePolicyCommand, IAMClient, NoSuchEntityException, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { documentsOf } from '../../functions/adapters/aws-clients.ts';
import { recipeTable } from '../../functions/adapters/contract.ts';
import { DynamoDbRecipeBook } from '../../functions/adapters/dynamodb-recipe-book.ts';
import { bakingEnv } from '../../functions/baking/contract.ts';
import type { SnapshotUnderTest } from '../proof/snapshot-under-test.ts';
import type { Cost, Shelf } from './shelf.ts';

const FREE: Cost = { lines: 0, deploys: 0 };
const POLICY = 'AnotherRecipeBook';
const SECONDS = 30;

/** Recipes in a table: another book is another table, and the kitchen is told its name. */
export async function tableShelf({ clients, outputs, signal }: SnapshotUnderTest): Promise<Shelf> {
  const [dynamoDb, lambda, iam] = [new DynamoDBClient(clients), new LambdaClient(clients), new IAMClient(clients)];
  const TableName = `another-recipe-book-${randomUUID()}`;
  const other = new DynamoDbRecipeBook(documentsOf(dynamoDb), TableName);
  const FunctionName = outputs()['OrderingFunction'] ?? '';
  const { Role = '', Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const RoleName = Role.split('/').at(-1);
  const configured = Environment?.Variables ?? {};
  const attached = configured[bakingEnv.recipeTable];
  if (attached === undefined) throw new Error(`The kitchen is not told of a table by ${bakingEnv.recipeTable}.`);

  /** Makes a table for the book, and lets the kitchen in. */
  async function make(): Promise<void> {
    const { TableDescription } = await dynamoDb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: recipeTable.partitionKey, AttributeType: 'S' }],
        KeySchema: [{ AttributeName: recipeTable.partitionKey, KeyType: 'HASH' }],
      }),
    );
    const Action = ['dynamodb:GetItem', 'dynamodb:Scan'];
    const Statement = [{ Effect: 'Allow', Action, Resource: TableDescription?.TableArn }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: POLICY, PolicyDocument }));
    await waitUntilTableExists({ client: dynamoDb, maxWaitTime: SECONDS, abortSignal: signal }, { TableName });
  }

  /** Tells the kitchen which table to read. */
  async function tell(table: string): Promise<void> {
    const Variables = { ...configured, [bakingEnv.recipeTable]: table };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    const waiting = { client: lambda, maxWaitTime: SECONDS, minDelay: 1 };
    await waitUntilFunctionUpdatedV2(waiting, { FunctionName });
  }

  return {
    attach: async (book) => {
      await make();
      for (const recipe of book) await other.write(recipe);
      await tell(TableName);
      return FREE;
    },
    edit: async (recipe) => {
      await other.write(recipe);
      return FREE;
    },
    putBack: async () => {
      try {
        await tell(attached);
        await unless(NoSuchEntityException, iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: POLICY })));
        await unless(ResourceNotFoundException, dynamoDb.send(new DeleteTableCommand({ TableName })));
      } finally {
        for (const client of [dynamoDb, lambda, iam]) client.destroy();
      }
    },
  };
}

/** What was never made is as good as removed. */
async function unless(gone: abstract new (...args: never[]) => Error, removal: Promise<unknown>): Promise<void> {
  await removal.catch((error: unknown) => {
    if (!(error instanceof gone)) throw error;
  });
}
