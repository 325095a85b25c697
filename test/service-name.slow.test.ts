import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startEmulator } from 'embedded-aws';
import { expect, onTestFinished, test } from 'vitest';
import { localAccessKeys } from '../client/endpoint/aws-environment.ts';
import { factoryOnly } from '../client/factory/deployed-factory.ts';
import { runCommandLine } from '../terminal/command.fixture.ts';

const hook = pathToFileURL(join(import.meta.dirname, 'service-name.fixture.mjs')).href;

test('an endpoint that is a service in a network of containers is used by its name', async () => {
  const emulator = await startEmulator({ port: 0, accessKeys: localAccessKeys, hosts: ['localstack'] });
  onTestFinished(() => emulator.close());
  const awsEndpointUrl = `http://localstack:${new URL(emulator.url).port}`;
  const nodeOptions = `${process.env['NODE_OPTIONS'] ?? ''} --import ${hook}`;
  const run = async (script: string, ...args: string[]) => {
    const { code, stdout, stderr } = await runCommandLine(script, args, {
      AWS_ENDPOINT_URL: awsEndpointUrl,
      NODE_OPTIONS: nodeOptions,
    });
    expect(code, `${script} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0);
    return stdout;
  };

  expect(await run('start', '--once', '--orders', '2')).toMatch(/cookies: BAKED after/);
  expect(JSON.parse(await run('invoke', 'metrics'))).toMatchObject({ statusCode: 200 });
  expect(JSON.parse(await run('admin', 'cleanup'))).toMatchObject({ complete: true });
  await run('cdk', 'destroy', '--force', 'Factor12/*', ...factoryOnly);
});
