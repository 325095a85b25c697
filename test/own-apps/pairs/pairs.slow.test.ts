import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { expect, test, vi } from 'vitest';
import { deployedPairs } from './deployed.fixture.ts';
import type { Version } from './pair.fixture.ts';
import { pairs } from './pairs.fixture.ts';

/**
 * Twenty small CDK apps, one for each pair of ingredients: deployed, used, deployed again without a change, updated, failed and
 * rolled back, destroyed. The tests are one story, in its order.
 */
const { cdk, client, deployed } = deployedPairs();

const timeout = 300_000;
const deploy = ['deploy', '--require-approval', 'never', '--concurrency', '8', '--progress', 'events'];

/** Of each app's stack. */
async function statuses(): Promise<Record<string, string | undefined>> {
  const { Stacks = [] } = await client(CloudFormation).describeStacks({});
  const found = new Map(Stacks.map(({ StackName, StackStatus }) => [StackName, StackStatus]));
  return Object.fromEntries(pairs.map(({ name }) => [name, found.get(name)]));
}

const all = (status: string | undefined) => Object.fromEntries(pairs.map(({ name }) => [name, status]));

/** Uses each app; they do not know of each other. */
const useAll = (version: Version, when: string) =>
  test.concurrent.each(pairs.map((pair) => [pair.name, pair] as const))(
    `%s does what its version says, ${when}`,
    { timeout },
    async (name, { use }) => use(await deployed(name), version),
  );

test('they are deployed', { timeout }, async () => {
  await cdk('first', ...deploy);
  expect(await statuses()).toEqual(all('CREATE_COMPLETE'));
});

useAll(1, 'once it is deployed');

test('deployed again, they do not change', { timeout }, async () => {
  const printed = await cdk('first', ...deploy);
  expect(printed.match(/\(no changes\)/g)).toHaveLength(pairs.length);
});

test('they are updated', { timeout }, async () => {
  await cdk('second', ...deploy);
  expect(await statuses()).toEqual(all('UPDATE_COMPLETE'));
});

useAll(2, 'once it is updated');

test('an update that fails is rolled back', { timeout }, async () => {
  await cdk('broken', ...deploy, '--method', 'prepare-change-set', '--change-set-name', 'broken');
  const cloudformation = client(CloudFormation);
  for (const { name: StackName } of pairs) {
    await cloudformation.executeChangeSet({ StackName, ChangeSetName: 'broken' });
  }
  const isRolledBack = async () => expect(await statuses()).toEqual(all('UPDATE_ROLLBACK_COMPLETE'));
  await vi.waitFor(isRolledBack, { timeout: timeout / 2, interval: 500 });
});

useAll(2, 'once a failed update was rolled back');

test('they go, and leave nothing', { timeout }, async () => {
  await cdk('second', 'destroy', '--force');
  expect(await statuses()).toEqual(all(undefined));
  expect((await client(DynamoDB).listTables({})).TableNames).toEqual([]);
  expect((await client(Lambda).listFunctions({})).Functions).toEqual([]);
  expect((await client(SQS).listQueues({})).QueueUrls).toBeUndefined();
  expect((await client(SNS).listTopics({})).Topics).toEqual([]);
  const { Buckets = [] } = await client(S3).listBuckets({});
  expect(Buckets.map(({ Name }) => Name)).toEqual([expect.stringMatching(/^cdk-/)]);
});
