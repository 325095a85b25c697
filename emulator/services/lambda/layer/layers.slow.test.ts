import { describe, expect, test } from 'vitest';
import { zipOf } from '../function/zip.fixture.ts';
import { startLambda } from '../lambda.fixture.ts';

const moduleOf = (says: string) => ({
  'nodejs/node_modules/dough/index.js': `exports.says = ${JSON.stringify(says)};`,
  'nodejs/shared.js': `exports.says = 'shared ${says}';`,
});

async function startWithLayers(...layers: Record<string, string>[]) {
  const started = startLambda();
  const arns: string[] = [];
  for (const [n, files] of layers.entries()) {
    const Content = { ZipFile: zipOf(files) };
    const { LayerVersionArn = '' } = await started.operations.PublishLayerVersion({ LayerName: `l${n}`, Content });
    arns.push(LayerVersionArn);
  }
  return { ...started, arns };
}

describe("a function finds a layer's modules", () => {
  test.each([
    ['by require', { 'index.js': "const { says } = require('dough'); exports.handler = async () => says;" }, 'one'],
    ['by import', { 'index.mjs': "import dough from 'dough'; export const handler = async () => dough.says;" }, 'one'],
    ['below /opt', { 'index.js': "exports.handler = async () => require('/opt/nodejs/shared').says;" }, 'shared one'],
    [
      'behind its own',
      {
        'index.js': "exports.handler = async () => require('dough').says;",
        'node_modules/dough/index.js': "exports.says = 'own';",
      },
      'own',
    ],
  ])('%s', async (_name, files, expected) => {
    const { deploy, invoke, arns } = await startWithLayers(moduleOf('one'));
    await deploy('f', files as Record<string, string>, { Layers: arns });
    expect((await invoke('f')).result).toBe(expected);
  });

  test('of the last layer that has it', async () => {
    const { deploy, invoke, arns, operations } = await startWithLayers(moduleOf('one'), moduleOf('two'));
    const files = { 'index.js': "exports.handler = async () => require('dough').says;" };
    const made = await deploy('f', files, { Layers: arns });
    expect(made.Layers?.map(({ Arn }) => Arn)).toEqual(arns);
    expect((await invoke('f')).result).toBe('two');
    operations.UpdateFunctionConfiguration({ FunctionName: 'f', Layers: [...arns].reverse() });
    expect((await invoke('f')).result).toBe('one');
    operations.UpdateFunctionConfiguration({ FunctionName: 'f', Layers: [] });
    expect((await invoke('f')).result).toMatchObject({
      errorMessage: expect.stringContaining("Cannot find module 'dough'"),
    });
  });

  test('before the SDK of the runtime, which is there all the same', async () => {
    const { deploy, invoke, arns } = await startWithLayers({
      'nodejs/node_modules/@aws-sdk/mine/index.js': 'exports.a = 1;',
    });
    const code =
      "exports.handler = async () => [require('@aws-sdk/mine').a, typeof require('@aws-sdk/client-sqs').SQS];";
    await deploy('f', { 'index.js': code }, { Layers: arns });
    expect((await invoke('f')).result).toEqual([1, 'function']);
  });

  test('also after the version is deleted', async () => {
    const { deploy, invoke, arns, operations } = await startWithLayers(moduleOf('one'));
    await deploy('f', { 'index.js': "exports.handler = async () => require('dough').says;" }, { Layers: arns });
    operations.DeleteLayerVersion({ LayerName: 'l0', VersionNumber: 1 });
    expect((await invoke('f')).result).toBe('one');
    expect(() => operations.GetLayerVersion({ LayerName: 'l0', VersionNumber: 1 })).toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    );
  });
});

test('versions are numbered, described, listed and shared', async () => {
  const { operations, arns } = await startWithLayers(moduleOf('one'));
  const Content = { ZipFile: zipOf(moduleOf('two')) };
  const second = await operations.PublishLayerVersion({ LayerName: 'l0', Content, Description: 'second' });
  expect([second.Version, arns[0]?.endsWith(':layer:l0:1')]).toEqual([2, true]);
  expect(operations.ListLayerVersions({ LayerName: 'l0' }).LayerVersions?.map(({ Version }) => Version)).toEqual([
    2, 1,
  ]);
  expect(operations.ListLayers({}).Layers).toMatchObject([{ LayerName: 'l0', LatestMatchingVersion: { Version: 2 } }]);
  expect(operations.GetLayerVersionByArn({ Arn: second.LayerVersionArn })).toMatchObject({ Description: 'second' });
  const version = { LayerName: 'l0', VersionNumber: 2 };
  operations.AddLayerVersionPermission({
    ...version,
    StatementId: 's',
    Action: 'lambda:GetLayerVersion',
    Principal: '*',
  });
  expect(operations.GetLayerVersionPolicy(version).Policy).toContain('"Sid":"s"');
  operations.RemoveLayerVersionPermission({ ...version, StatementId: 's' });
  expect(() => operations.GetLayerVersionPolicy(version)).toThrow(/No policy/);
});

test('what is no zip, and a sixth layer, are refused', async () => {
  const { operations, deploy, arns } = await startWithLayers(moduleOf('one'));
  const Content = { ZipFile: Buffer.from('no zip') };
  await expect(operations.PublishLayerVersion({ LayerName: 'l', Content })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  await expect(deploy('f', 'export const handler = 1', { Layers: Array(6).fill(arns[0]) })).rejects.toThrow(
    /more than 5/,
  );
});
