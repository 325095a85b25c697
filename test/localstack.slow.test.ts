import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { LocalstackContainer } from '@testcontainers/localstack';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { runCommandLine } from '../terminal/command.fixture.ts';
import { describeWithImage } from './container-engine.ts';

/** The service as the compose file has it; what it takes from variables has its default. */
const compose = readFileSync(join(import.meta.dirname, '..', 'localstack-compose.yml'), 'utf8');
const { image, environment, volumes } = parse(compose.replace(/\$\{\w+:-(.*?)\}/g, '$1')).services.localstack;

const minute = 60_000;

describeWithImage(image, () => {
  test('LocalStack deploys the finished factory, bakes, and is left empty', { timeout: 10 * minute }, async () => {
    const localstack = new LocalstackContainer(image)
      .withEnvironment(settings(environment))
      .withBindMounts(volumes.map((volume: string) => bindMount(volume)));
    const container = await localstack.start();
    onTestFinished(async () => void (await container.stop()));
    const url = container.getConnectionUri();
    const run = async (script: string, ...args: string[]) => {
      const { code, stdout, stderr } = await runCommandLine(script, args, { AWS_ENDPOINT_URL: url });
      expect(code, `${script} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0);
      return stdout;
    };

    await run('cdk', 'bootstrap');
    expect(await run('start', '--once')).toMatch(/BAKED/i);
    await run('cdk', 'destroy', '--force', '*/*');

    const client = new CloudFormationClient(clientConfiguration(url));
    const { StackSummaries = [] } = await client.send(new ListStacksCommand({}));
    client.destroy();
    const left = StackSummaries.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
    expect(left.map(({ StackName }) => StackName)).toEqual(['CDKToolkit']);
  });
});

/** A setting of the compose file that is empty is one that is not made. */
function settings(all: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function bindMount(volume: string): { source: string; target: string } {
  const [source = '', target = source] = volume.split(':');
  return { source, target };
}
