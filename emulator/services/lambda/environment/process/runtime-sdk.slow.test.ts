import { describe, expect, test } from 'vitest';
import { startLambda } from '../../lambda.fixture.ts';

const served = [
  ...['cloudformation', 'cloudwatch-logs', 'dynamodb', 'eventbridge', 'iam', 'lambda', 's3', 'secrets-manager', 'sqs'],
  ...['ssm', 'sts'],
].map((name) => `@aws-sdk/client-${name}`);
const more = [
  '@aws-sdk/client-sfn',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
  '@smithy/node-http-handler',
  '@smithy/core/protocols',
];

describe('the SDK is part of the runtime', () => {
  test.each([
    ['an ES module', 'index.mjs', 'import(name)', 'export const handler'],
    ['CommonJS', 'index.cjs', 'require(name)', 'exports.handler'],
    ['CommonJS that imports', 'index.cjs', 'import(name)', 'exports.handler'],
    [
      'an ES module that requires',
      'index.mjs',
      "process.getBuiltinModule('module').createRequire(import.meta.url)(name)",
      'export const handler',
    ],
  ])('for %s', async (_, file, load, handler) => {
    const { deploy, invoke } = startLambda();
    const code = `${handler} = async (names) => {
      const count = async (name) => Object.keys(await ${load}).length;
      return Promise.all(names.map(async (name) => [name, (await count(name)) > 0]));
    };`;
    await deploy('f', { [file]: code }, { Timeout: 60, MemorySize: 512 });
    const names = [...served, ...more];
    expect((await invoke('f', names)).result).toEqual(names.map((name) => [name, true]));
  });

  test('for static imports, workers, and workers with options of their own', async () => {
    const { deploy, invoke } = startLambda();
    const worker =
      "require('node:worker_threads').parentPort.postMessage(typeof require('@aws-sdk/client-sqs').SQSClient)";
    await deploy(
      'f',
      `import { SQSClient } from '@aws-sdk/client-sqs';
      import { Worker } from 'node:worker_threads';
      const start = (options) => new Promise((resolve, reject) =>
        new Worker(${JSON.stringify(worker)}, { eval: true, ...options }).once('message', resolve).once('error', reject));
      export const handler = async () => [typeof SQSClient, await start({}), await start({ execArgv: ['--no-warnings'] })];`,
      { Timeout: 60, MemorySize: 512 },
    );
    expect((await invoke('f')).result).toEqual(['function', 'function', 'function']);
  });

  test('behind what the code brings itself', async () => {
    const { deploy, invoke } = startLambda();
    const own = {
      'node_modules/@aws-sdk/client-sqs/package.json': '{"name":"@aws-sdk/client-sqs","version":"0.0.1","main":"i.js"}',
      'node_modules/@aws-sdk/client-sqs/i.js': 'exports.whose = "own";',
    };
    await deploy('esm', {
      ...own,
      'index.mjs':
        "export { whose } from '@aws-sdk/client-sqs'; export const handler = async () => (await import('@aws-sdk/client-sqs')).whose;",
    });
    await deploy('cjs', { ...own, 'index.cjs': "exports.handler = async () => require('@aws-sdk/client-sqs').whose;" });
    expect((await invoke('esm')).result).toBe('own');
    expect((await invoke('cjs')).result).toBe('own');
  });
});

describe('what the runtime has not is missing by its name', () => {
  test.each([
    [
      'index.mjs',
      'import "NAME"; export const handler = async () => 1;',
      /^Error \[ERR_MODULE_NOT_FOUND\]: Cannot find package 'NAME' imported from /,
    ],
    [
      'index.cjs',
      'require("NAME"); exports.handler = async () => 1;',
      /^Error: Cannot find module 'NAME'\nRequire stack:\n/,
    ],
  ])('in %s', async (file, code, message) => {
    const { deploy, invoke } = startLambda();
    // A client of no service that is served, a package of the project, one that the SDK depends on, and none.
    for (const name of ['@aws-sdk/client-kinesis', 'aws-cdk-lib', 'bowser', '@smithy/nothing']) {
      const functionName = name.replaceAll(/\W/g, '-');
      await deploy(functionName, { [file]: code.replaceAll('NAME', name) });
      const { result, FunctionError } = await invoke(functionName);
      expect(FunctionError).toBe('Unhandled');
      expect(result.errorType).toBe('Runtime.ImportModuleError');
      expect(result.errorMessage).toMatch(new RegExp(message.source.replaceAll('NAME', name)));
    }
  });

  test('and a function reads the files of the SDK, and of no other package', async () => {
    const { deploy, invoke } = startLambda();
    await deploy(
      'f',
      `import { readFileSync } from 'node:fs';
      import { createRequire } from 'node:module';
      const sdk = createRequire(import.meta.url).resolve('@aws-sdk/client-sqs');
      const beside = sdk.slice(0, sdk.lastIndexOf('@aws-sdk'));
      const read = (path) => { try { return readFileSync(path).length > 0 } catch ({ code }) { return code } };
      export const handler = async () => [read(sdk), read(beside + 'aws-cdk-lib/package.json'), read(beside + '.package-lock.json')];`,
    );
    expect((await invoke('f')).result).toEqual([true, 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED']);
  });
});
