import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { startEmbedded } from '../client/endpoint/endpoint.ts';
import { configuredVariables } from '../client/factory/function-environment.ts';
import { invokeDeployed } from '../client/factory/invoke-deployed.ts';
import { bundleFunctions } from './assembly/bundle-functions.ts';
import { fill, testFolder } from './folder.fixture.ts';
import { swapOnSave } from './swap-on-save.ts';
import { zipFolder } from './zip-folder.ts';

const { signal } = new AbortController();
const functions = ['ordering', 'baking'].map((name) => ({ name, file: `${name}.ts`, functionName: `shop-${name}` }));
const answering = (answer: string) =>
  `export const handler = async (): Promise<string> => '${answer} ' + process.env.RELEASE;`;

/** Two functions that were deployed with releases, and the folder of their sources. */
async function deployed() {
  const emulator = await startEmbedded({ port: 0 });
  onTestFinished(() => emulator.close());
  const lambda = new LambdaClient(clientConfiguration(emulator.url));
  onTestFinished(() => lambda.destroy());
  const [repository, assembly] = [await testFolder(), await testFolder()];
  const target = join(repository, 'dist');
  await fill(repository, { 'ordering.ts': answering('one'), 'baking.ts': answering('dough') });
  const bundles = await bundleFunctions({ repository, roots: functions, target });
  for (const [i, { name, file }] of bundles.entries()) {
    await fill(assembly, { [`asset.${i}/index.mjs`]: await readFile(file, 'utf8') });
    const FunctionName = `shop-${name}`;
    await lambda.send(
      new CreateFunctionCommand({
        ...{ FunctionName, Runtime: 'nodejs24.x', Handler: 'index.handler', Publish: true },
        Role: 'arn:aws:iam::000000000000:role/shop',
        Code: { ZipFile: await zipFolder(dirname(file)) },
        Environment: { Variables: { RELEASE: '4711', OVEN: 'large' } },
      }),
    );
    await waitUntilFunctionActiveV2({ client: lambda, minDelay: 1, maxWaitTime: 60 }, { FunctionName });
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
  }
  const answerOf = async (name: string) => (await invokeDeployed(emulator.url, `${name}:live`, '{}', signal)).result;
  const save = (source: string) => writeFile(join(repository, 'ordering.ts'), source);
  return { repository, assembly, target, lambda, answerOf, save, endpoint: emulator.url };
}

test('what is saved is what runs, until the end; what cannot be bundled is told, and the next save tries again', async () => {
  const { lambda, answerOf, save, ...shop } = await deployed();
  const lines: string[] = [];
  const told = () => lines.splice(0);

  async function* saves() {
    yield;
    expect(told()).toEqual([]);
    await save(answering('two'));
    yield;
    expect(told()).toEqual([expect.stringMatching(/^ordering: swapped in \d+ ms$/)]);
    expect(await answerOf('shop-ordering')).toBe('two unreleased');
    await save('export const = 3;');
    yield;
    expect(told()).toEqual([expect.stringMatching(/esbuild cannot bundle the functions[\s\S]*ordering\.ts:1:13/)]);
    expect(await answerOf('shop-ordering')).toBe('two unreleased');
    await save(answering('one'));
    yield;
    expect(await answerOf('shop-ordering')).toBe('one unreleased');
    await save(answering('three'));
    yield;
    expect(await answerOf('shop-ordering')).toBe('three unreleased');
    expect(await answerOf('shop-baking')).toBe('dough 4711');
  }
  await swapOnSave({ ...shop, functions, saves: saves(), onLine: (line) => lines.push(line) });

  expect(await answerOf('shop-ordering')).toBe('one 4711');
  expect(await configuredVariables('shop-ordering', lambda)).toEqual({ RELEASE: 'unreleased', OVEN: 'large' });
  // A deploy of the code that ran last publishes it: no version has it yet.
  const FunctionName = 'shop-ordering';
  const ZipFile = await zipFolder(join(shop.target, 'ordering'));
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  expect(await lambda.send(new PublishVersionCommand({ FunctionName }))).toMatchObject({ Version: '2' });
  const live = await lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
  expect(live.FunctionVersion).toBe('1');
});

test('what was deployed meanwhile is swapped by the next save, and runs in the end', async () => {
  const { lambda, answerOf, save, ...shop } = await deployed();
  const FunctionName = 'shop-ordering';
  const deploy = async (release: string) => {
    const Variables = { RELEASE: release, OVEN: 'large' };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    await waitUntilFunctionUpdatedV2({ client: lambda, minDelay: 1, maxWaitTime: 60 }, { FunctionName });
    const folder = await testFolder();
    await fill(folder, { 'index.mjs': "export const handler = async () => 'deployed ' + process.env.RELEASE;" });
    const published = { FunctionName, ZipFile: await zipFolder(folder), Publish: true };
    const { Version } = await lambda.send(new UpdateFunctionCodeCommand(published));
    await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version }));
  };

  async function* saves() {
    await save(answering('two'));
    yield;
    await deploy('4712');
    expect(await answerOf(FunctionName)).toBe('deployed 4712');
    // A deploy that began before the last save has brought something older.
    await save(answering('two'));
    yield;
    expect(await answerOf(FunctionName)).toBe('two unreleased');
    await save(answering('three'));
    yield;
    expect(await answerOf(FunctionName)).toBe('three unreleased');
  }
  await swapOnSave({ ...shop, functions, saves: saves(), onLine: () => {} });
  expect(await answerOf(FunctionName)).toBe('deployed 4712');

  async function* savesBeforeADeploy() {
    await save(answering('four'));
    yield;
    await deploy('4713');
  }
  await swapOnSave({ ...shop, functions, saves: savesBeforeADeploy(), onLine: () => {} });
  expect(await answerOf(FunctionName)).toBe('deployed 4713');

  async function* savesBeforeItIsRemoved() {
    await save(answering('five'));
    yield;
    expect(await answerOf(FunctionName)).toBe('five unreleased');
    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  }
  await swapOnSave({ ...shop, functions, saves: savesBeforeItIsRemoved(), onLine: () => {} });
});
