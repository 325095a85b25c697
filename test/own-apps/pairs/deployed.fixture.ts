import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Lambda } from '@aws-sdk/client-lambda';
import { SQS } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Emulator, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { runCdk } from '../../../client/cdk/cdk-cli.ts';
import { environmentFor } from '../../../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../../../client/endpoint/client-configuration.ts';
import { type Assembly, writeAssemblies } from './assemblies.fixture.ts';
import type { DeployedPair } from './pair.fixture.ts';

/** How long what an app sets going may take: a machine that does much else is slow. */
const patience = { timeout: 60_000, interval: 100 };

/** For three times CDK, on a machine that does much else. */
const startTimeout = 300_000;

/** The app of all pairs on an embedded AWS of its own, deployed by the plain CDK CLI: one run of it for all stacks. */
export function deployedPairs() {
  const scratch = mkdtempSync(join(tmpdir(), 'pairs-'));
  let emulator: Emulator;
  let uses = 0;

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
    writeAssemblies(scratch);
  }, startTimeout);
  afterAll(async () => {
    await emulator.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  const client: DeployedPair['client'] = (Class) => new Class(clientConfiguration(emulator.url));

  return {
    client,
    /** Runs the CLI on an assembly, and it must succeed. Returns what it printed. */
    cdk: async (assembly: Assembly, ...args: string[]): Promise<string> => {
      const lines: string[] = [];
      const code = await runCdk([...args, '--all', '--app', join(scratch, assembly)], {
        directory: scratch,
        environment: { ...environmentFor(emulator.url), CDK_HOME: scratch, NO_COLOR: '1', CI: 'true' },
        onLine: (line) => lines.push(line),
      });
      expect(code, lines.join('\n')).toBe(0);
      return lines.join('\n');
    },
    /** The app of one stack, as it is now. */
    deployed: async (StackName: string): Promise<DeployedPair> => {
      const { Stacks: [stack] = [] } = await client(CloudFormation).describeStacks({ StackName });
      const output = (name: string) =>
        stack?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue ?? `no output ${name}`;
      uses++;
      return {
        fresh: `use-${uses}`,
        client,
        output,
        messages: (name, count = 1) => receive(client(SQS), output(name), count),
        item: (name, id) => itemOf(client(DynamoDB), output(name), id),
        invoke: async (name, payload = {}) => {
          const input = { FunctionName: output(name), Payload: JSON.stringify(payload) };
          const { Payload, FunctionError } = await client(Lambda).invoke(input);
          const answer = Payload?.transformToString() ?? '';
          expect(FunctionError, answer).toBeUndefined();
          return JSON.parse(answer);
        },
      };
    },
  };
}

async function receive(sqs: SQS, QueueUrl: string, count: number): Promise<string[]> {
  const bodies: string[] = [];
  await vi.waitFor(async () => {
    const input = { QueueUrl, WaitTimeSeconds: 5, MaxNumberOfMessages: 10 };
    for (const { Body = '', ReceiptHandle } of (await sqs.receiveMessage(input)).Messages ?? []) {
      bodies.push(Body);
      await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
    }
    expect(bodies.length, bodies.join('\n')).toBeGreaterThanOrEqual(count);
  }, patience);
  return bodies;
}

const itemOf = (dynamodb: DynamoDB, TableName: string, id: string): Promise<Record<string, unknown>> =>
  vi.waitFor(async () => {
    const { Item } = await dynamodb.getItem({ TableName, Key: { id: { S: id } }, ConsistentRead: true });
    return unmarshall(Item ?? expect.fail(`There is no item ${id}.`));
  }, patience);
