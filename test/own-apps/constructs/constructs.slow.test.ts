import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { App, Stack } from 'aws-cdk-lib';
import { type Emulator, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCdk } from '../../../client/cdk/cdk-cli.ts';
import { environmentFor } from '../../../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../../../client/endpoint/client-configuration.ts';
import { recorded, served } from './constructs.fixture.ts';

/** One stack for each construct that CDK has near Lambda: the plain CDK CLI deploys them all, and destroys them. */
const builds = { ...served, ...recorded };
const scratch = mkdtempSync(join(tmpdir(), 'constructs-'));
const timeout = 300_000;
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ port: 0 });
  // What CDK checks beside takes longer than all the rest.
  vi.stubEnv('CDK_VALIDATION', 'false');
  const app = new App({ outdir: join(scratch, 'cdk.out'), analyticsReporting: false });
  for (const [name, build] of Object.entries(builds)) {
    build(new Stack(app, name));
  }
  app.synth();
  vi.unstubAllEnvs();
}, timeout);
afterAll(async () => {
  await emulator.close();
  rmSync(scratch, { recursive: true, force: true });
});

async function cdk(...args: string[]): Promise<void> {
  const lines: string[] = [];
  const code = await runCdk([...args, '--all', '--app', join(scratch, 'cdk.out')], {
    directory: scratch,
    environment: { ...environmentFor(emulator.url), CDK_HOME: scratch, NO_COLOR: '1', CI: 'true' },
    onLine: (line) => lines.push(line),
  });
  expect(code, lines.join('\n')).toBe(0);
}

const cloudformation = () => new CloudFormation(clientConfiguration(emulator.url));

test('they are deployed', { timeout }, async () => {
  await cdk('deploy', '--require-approval', 'never', '--concurrency', '8', '--progress', 'events');
  const { Stacks = [] } = await cloudformation().describeStacks({});
  const statuses = new Map(Stacks.map(({ StackName, StackStatus }) => [StackName, StackStatus]));
  expect(Object.keys(builds).filter((name) => statuses.get(name) !== 'CREATE_COMPLETE')).toEqual([]);
});

test.each(Object.keys(recorded))('%s says what it lacks', async (StackName) => {
  const { StackEvents = [] } = await cloudformation().describeStackEvents({ StackName });
  const reasons = StackEvents.map(({ ResourceStatusReason = '' }) => ResourceStatusReason);
  expect(reasons.filter((reason) => /Recorded only|runs without|is not sent|nobody/.test(reason))).not.toEqual([]);
});

test('they go', { timeout }, async () => {
  await cdk('destroy', '--force');
  const { Stacks = [] } = await cloudformation().describeStacks({});
  expect(Stacks.map(({ StackName }) => StackName)).toEqual(['CDKToolkit']);
});
