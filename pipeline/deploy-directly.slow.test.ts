import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withCloudFormation } from '../client/cloudformation/describe-stack.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { startEmbedded } from '../client/endpoint/endpoint.ts';
import type { AssembledStack } from './assembly/assembly.ts';
import { deployDirectly } from './deploy-directly.ts';
import { readStack } from './deployed-stack.ts';

const { signal } = new AbortController();

async function stackOf(name: string, value: string, type = 'String'): Promise<AssembledStack> {
  const folder = await mkdtemp(join(tmpdir(), 'assembly-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const template = {
    Resources: { Setting: { Type: 'AWS::SSM::Parameter', Properties: { Type: type, Value: value } } },
    Outputs: { Value: { Value: { 'Fn::GetAtt': ['Setting', 'Value'] } } },
  };
  const asset = {
    source: { path: `${name}.template.json`, packaging: 'file' },
    destinations: { here: { objectKey: `${name}-${value}.json` } },
  };
  await writeFile(join(folder, `${name}.template.json`), JSON.stringify(template));
  const assetManifest = join(folder, `${name}.assets.json`);
  await writeFile(assetManifest, JSON.stringify({ files: { template: asset } }));
  return { name, template, assetManifest, selector: name };
}

test('a stack is made, left alone where nothing changed, and changed; what fails is named', async () => {
  const emulator = await startEmbedded({ port: 0 });
  onTestFinished(() => emulator.close());
  const place = { endpoint: emulator.url, signal };

  await deployDirectly([await stackOf('One', 'a'), await stackOf('Two', 'b')], place);
  await deployDirectly([await stackOf('One', 'a'), await stackOf('Two', 'c')], place);

  await withCloudFormation(clientConfiguration(emulator.url), async (client) => {
    expect(await readStack('One', client, signal)).toMatchObject({ outputs: { Value: 'a' } });
    expect(await readStack('Two', client, signal)).toMatchObject({ outputs: { Value: 'c' } });
  });
  await expect(deployDirectly([await stackOf('Three', 'd', 'Number')], place)).rejects.toThrow(
    /^Three could not be deployed and is in ROLLBACK_COMPLETE:\n {2}Setting \(AWS::SSM::Parameter\): .*Number/,
  );
});
