import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCdk, unattended } from '../client/cdk/cdk-cli.ts';
import { describeStack, withCloudFormation } from '../client/cloudformation/describe-stack.ts';
import { environmentFor } from '../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { startEmbedded } from '../client/endpoint/endpoint.ts';
import { invokeDeployed } from '../client/factory/invoke-deployed.ts';
import { undoSwapsOf } from '../pipeline/undo-swaps.ts';
import { addStages } from './stages.ts';
import { emptyApp, placeholders } from './synthesis.fixture.ts';

const { signal } = new AbortController();
const { bundles, recipes } = placeholders();

/** An assembly of the finished factory. Each has the same files in the same place, and other code of ordering. */
function assemblyOf(orderingSays: string): string {
  writeFileSync(join(bundles, 'ordering', 'index.mjs'), `export const handler = async () => '${orderingSays}';\n`);
  const app = emptyApp();
  addStages(app, { bundles, recipes, only: ['Factor12'] });
  return app.synth().directory;
}
const before = assemblyOf('before');
const after = assemblyOf('after');

test('the CDK CLI puts changed code in the place of what runs, and deploys no stack for it; undone, it can be deployed', async () => {
  const emulator = await startEmbedded({ port: 0 });
  onTestFinished(() => emulator.close());
  const lines: string[] = [];
  const deploy = (assembly: string, ...options: string[]) =>
    runCdk(['deploy', 'Factor12/*', '--app', assembly, '--build', '', ...options], {
      ...{ environment: environmentFor(emulator.url), signal, onLine: (line) => void lines.push(line) },
    });
  const stackNow = () =>
    withCloudFormation(clientConfiguration(emulator.url), (client) => describeStack('Factor12-Prod', client));
  const orderingSays = async (stack: Awaited<ReturnType<typeof stackNow>>) =>
    (await invokeDeployed(emulator.url, `${stack?.outputs['OrderingFunction']}:live`, '{}', signal)).result;

  expect(await deploy(before, ...unattended), lines.join('\n')).toBe(0);
  const deployed = await stackNow();
  expect(await orderingSays(deployed)).toBe('before');
  lines.length = 0;

  expect(await deploy(after, '--hotswap-fallback'), lines.join('\n')).toBe(0);
  expect(lines.filter((line) => /non-hotswappable|Falling back/.test(line))).toEqual([]);
  expect(await orderingSays(deployed)).toBe('after');
  expect(await stackNow()).toEqual({ ...deployed, status: 'CREATE_COMPLETE' });

  await undoSwapsOf('Factor12-Prod', emulator.url, signal);
  expect(await orderingSays(deployed)).toBe('before');
  expect(await deploy(after, ...unattended), lines.join('\n')).toBe(0);
  expect(await orderingSays(deployed)).toBe('after');
});
