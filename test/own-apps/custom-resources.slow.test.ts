import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { type Emulator, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCdk } from '../../client/cdk/cdk-cli.ts';
import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';

/**
 * Custom resources that CDK brings, on the embedded AWS, by the real CDK CLI. The tests are one story, in its order: deploy,
 * use, change, destroy, and nothing is left.
 */
const scratch = mkdtempSync(join(tmpdir(), 'own-apps-'));
let emulator: Emulator;
let outputs: Record<string, string>;

beforeAll(async () => {
  emulator = await startEmulator({ port: 0 });
});

afterAll(async () => {
  await emulator.close();
  rmSync(scratch, { recursive: true, force: true });
});

async function cdk(...args: string[]): Promise<{ readonly code: number; readonly output: string }> {
  const lines: string[] = [];
  const app = 'node custom-resources.fixture.ts';
  const code = await runCdk([...args, '--app', app, '--output', join(scratch, 'cdk.out')], {
    directory: import.meta.dirname,
    environment: { ...environmentFor(emulator.url), CDK_HOME: scratch, NO_COLOR: '1', CI: 'true' },
    onLine: (line) => lines.push(line),
  });
  return { code, output: lines.join('\n') };
}

async function deploy(value: string): Promise<void> {
  const { code, output } = await cdk('deploy', '--require-approval', 'never', '-c', `value=${value}`);
  expect(code, output).toBe(0);
  const { Stacks: [stack] = [] } = await client(CloudFormation).describeStacks({ StackName: 'CustomResources' });
  outputs = Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

const client = <Client>(Class: new (configuration: ReturnType<typeof clientConfiguration>) => Client): Client =>
  new Class(clientConfiguration(emulator.url));

async function retention(): Promise<number | undefined> {
  const logGroupNamePrefix = `/aws/lambda/${outputs['WriterName']}`;
  const { logGroups = [] } = await client(CloudWatchLogs).describeLogGroups({ logGroupNamePrefix });
  return logGroups[0]?.retentionInDays;
}

const parameter = async () => (await client(SSM).getParameter({ Name: '/own-apps/value' })).Parameter?.Value;

test('they are made', { timeout: 180_000 }, async () => {
  await deploy('one');
  expect(outputs).toMatchObject({ Told: 'Create one', Version: '1' });
  expect(await parameter()).toBe('one');
  expect(await retention()).toBe(1);
});

test('a function finds the SDK that CDK left out of its bundle', async () => {
  const { Payload, FunctionError } = await client(Lambda).invoke({
    FunctionName: outputs['WriterName'],
    Payload: JSON.stringify({ key: 'left-behind' }),
  });
  expect(FunctionError).toBeUndefined();
  expect(Payload?.transformToString()).toBe('"left-behind"');
});

test('a rule writes to its log group', async () => {
  await client(EventBridge).putEvents({ Entries: [{ Source: 'own-apps', DetailType: 'Baked', Detail: '{"n":1}' }] });
  const logGroupName = outputs['EventsName'] ?? '';
  const read = () => client(CloudWatchLogs).filterLogEvents({ logGroupName });
  await vi.waitFor(async () => expect((await read()).events?.[0]?.message).toContain('"n":1'), 20_000);
});

test('they are changed', { timeout: 180_000 }, async () => {
  await deploy('two');
  expect(outputs).toMatchObject({ Told: 'Update two', Version: '2' });
  expect(await parameter()).toBe('two');
  expect(await retention()).toBe(7);
});

test('they go, and the bucket is emptied before', { timeout: 180_000 }, async () => {
  const { code, output } = await cdk('destroy', '--force', '-c', 'value=two');
  expect(code, output).toBe(0);
  await expect(parameter()).rejects.toMatchObject({ name: 'ParameterNotFound' });
  const { Buckets = [] } = await client(S3).listBuckets({});
  expect(Buckets.map(({ Name }) => Name)).not.toContain(outputs['BucketName']);
  expect((await client(CloudWatchLogs).describeResourcePolicies({})).resourcePolicies).toEqual([]);
});
