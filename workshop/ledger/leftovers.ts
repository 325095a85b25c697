import { CloudFormationClient, paginateListStacks } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';

/** How to configure a client of an endpoint. */
export interface Reach {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Stacks of the workshop's stages, and what is made in them, begin with this. */
const Ours = 'Factor';

/** The stacks of stages that are at an endpoint. */
export async function stacksAt(reach: Reach): Promise<string[]> {
  const client = new CloudFormationClient(reach);
  try {
    const stacks = await Array.fromAsync(
      paginateListStacks({ client }, {}),
      ({ StackSummaries = [] }) => StackSummaries,
    );
    return stacks
      .flat()
      .filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE')
      .map(({ StackName = '' }) => StackName)
      .filter((name) => name.startsWith(Ours));
  } finally {
    client.destroy();
  }
}

/** What of the factory is at an endpoint: stacks, functions, tables and queues, each as a person would name it. */
export async function leftAt(reach: Reach): Promise<string[]> {
  const lambda = new LambdaClient(reach);
  const dynamodb = new DynamoDBClient(reach);
  const sqs = new SQSClient(reach);
  try {
    const [stacks, functions, tables, queues] = await Promise.all([
      stacksAt(reach),
      Array.fromAsync(paginateListFunctions({ client: lambda }, {}), ({ Functions = [] }) => Functions),
      Array.fromAsync(paginateListTables({ client: dynamodb }, {}), ({ TableNames = [] }) => TableNames),
      Array.fromAsync(paginateListQueues({ client: sqs }, {}), ({ QueueUrls = [] }) => QueueUrls),
    ]);
    return [
      ...named('stack', stacks),
      ...named(
        'function',
        functions.flat().map(({ FunctionName = '' }) => FunctionName),
      ),
      ...named('table', tables.flat()),
      ...named(
        'queue',
        queues.flat().map((url) => url.slice(url.lastIndexOf('/') + 1)),
      ),
    ];
  } finally {
    for (const client of [lambda, dynamodb, sqs]) {
      client.destroy();
    }
  }
}

const named = (what: string, names: readonly string[]): string[] =>
  names.filter((name) => name.startsWith(Ours)).map((name) => `${what} ${name}`);
