import { describe, expect, test } from 'vitest';
import { internalCall } from '../../../wire/operation.ts';
import { startLambda } from '../lambda.fixture.ts';

test('a function gets its event and its context', async () => {
  const { deploy, invoke } = startLambda();
  await deploy(
    'f',
    'export const handler = async (event, context) => ({ event, context, left: context.getRemainingTimeInMillis() });',
    {
      MemorySize: 256,
      Timeout: 7,
    },
  );
  const clientContext = Buffer.from('{"custom":{"name":"Jürg"}}').toString('base64');
  const { result, ...answer } = await invoke('f', { order: 1 }, { ClientContext: clientContext });
  expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(answer).not.toHaveProperty('FunctionError');
  expect(result.event).toEqual({ order: 1 });
  expect(result.left).toBeGreaterThan(6000);
  expect(result.context).toEqual({
    functionName: 'f',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
    memoryLimitInMB: '256',
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    logGroupName: '/aws/lambda/f',
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    clientContext: { custom: { name: 'Jürg' } },
  });
});

test('a function finds nothing in its environment but what Lambda and its owner put there', async () => {
  const { deploy, invoke, operations } = startLambda();
  process.env['LEAK'] = 'secret';
  await deploy('f', 'export const handler = async () => ({ env: process.env, cwd: process.cwd() });', {
    Environment: { Variables: { RECIPE: 'spritz' } },
  });
  const { env, cwd } = (await invoke('f')).result;
  delete process.env['LEAK'];
  expect(env).toMatchObject({
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[0-9A-F]{16}$/),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: cwd,
    RECIPE: 'spritz',
    TZ: ':UTC',
    _HANDLER: 'index.handler',
  });
  expect(
    Object.keys(env).filter(
      (name) => !/^(AWS_|LAMBDA_|_HANDLER|_X_AMZN|TZ|LANG|PATH|TMP|TEMP|System|RECIPE)/.test(name),
    ),
  ).toEqual([]);
  const { Environment } = operations.GetFunctionConfiguration({ FunctionName: 'f' });
  expect(Environment).toEqual({ Variables: { RECIPE: 'spritz' } });
});

test.each<[string, Record<string, string>, string]>([
  ['an ES module', { 'index.mjs': 'export const handler = async () => 1;' }, 'index.handler'],
  ['CommonJS', { 'index.js': 'exports.handler = async () => 1;' }, 'index.handler'],
  ['.cjs', { 'index.cjs': 'module.exports.handler = async () => 1;' }, 'index.handler'],
  [
    'ES by package.json',
    { 'index.js': 'export const handler = async () => 1;', 'package.json': '{"type":"module"}' },
    'index.handler',
  ],
  [
    'CommonJS with names set at run time',
    { 'index.js': 'for (const n of ["handler"]) exports[n] = async () => 1;' },
    'index.handler',
  ],
  [
    'a folder and nested export',
    { 'src/app.mjs': 'export const handlers = { bake: () => 1 };' },
    'src/app.handlers.bake',
  ],
  [
    'top-level await',
    { 'index.mjs': 'const one = await Promise.resolve(1); export const handler = async () => one;' },
    'index.handler',
  ],
  [
    'a dependency in the package',
    { 'index.js': 'exports.handler = async () => require("one");', 'node_modules/one/index.js': 'module.exports = 1' },
    'index.handler',
  ],
])('loads %s', async (_name, files, handler) => {
  const { deploy, invoke } = startLambda();
  await deploy('f', files, { Handler: handler });
  expect((await invoke('f')).result).toBe(1);
});

test.each<[string, string, unknown]>([
  ['undefined', 'async () => undefined', null],
  ['text', 'async () => "text"', 'text'],
  ['a value without a promise', '() => 7', 7],
  ['an older callback', '(event, context, callback) => callback(null, 8)', 8],
  [
    'a callback that waits for the event loop',
    '(event, context, callback) => { let n = 0; setTimeout(() => n++, 20); callback(null, 9) }',
    9,
  ],
])('answers %s', async (_name, handler, expected) => {
  const { deploy, invoke } = startLambda();
  await deploy('f', `export const handler = ${handler};`, { Runtime: 'nodejs22.x' });
  expect((await invoke('f')).result).toEqual(expected);
});

describe('an error is answered', () => {
  test.each<[string, string, object]>([
    [
      'thrown',
      'export const handler = async () => { throw new TypeError("boom") }',
      { errorType: 'TypeError', errorMessage: 'boom' },
    ],
    [
      'thrown at once',
      'export const handler = () => { throw new Error("boom") }',
      { errorType: 'Error', errorMessage: 'boom' },
    ],
    [
      'that is no Error',
      'export const handler = async () => { throw "text" }',
      { errorType: 'string', errorMessage: 'text', trace: [] },
    ],
    [
      'of a promise nobody awaited',
      'export const handler = () => new Promise(() => { Promise.reject(new Error("boom")) })',
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: boom' },
    ],
    [
      'thrown in a timer',
      'export const handler = () => new Promise(() => setTimeout(() => { throw new RangeError("late") }, 5))',
      { errorType: 'RangeError', errorMessage: 'late' },
    ],
    [
      'of a promise that is never settled',
      'export const handler = () => new Promise(() => {})',
      { errorType: 'Runtime.NodeJsExit', errorMessage: expect.stringContaining('a Promise that was never settled') },
    ],
    [
      'of an exit',
      'export const handler = () => process.exit(3)',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/),
      },
    ],
    [
      'of an exit without a reason',
      'export const handler = () => process.exit()',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/Runtime exited without providing a reason$/),
      },
    ],
    [
      'of a signal',
      'export const handler = () => new Promise(() => { setInterval(() => {}, 1000); process.kill(process.pid, "SIGKILL") })',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
      },
    ],
    [
      'of a response over 6 MB',
      'export const handler = async () => "x".repeat(6291555)',
      {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).',
      },
    ],
    ['of a response that is no JSON', 'export const handler = async () => 1n', { errorType: 'TypeError' }],
    [
      'at init',
      'throw new RangeError("no config"); export const handler = 1',
      { errorType: 'RangeError', errorMessage: 'no config' },
    ],
    [
      'of a missing module',
      'import "nowhere"; export const handler = 1',
      {
        errorType: 'Runtime.ImportModuleError',
        errorMessage: expect.stringContaining("Cannot find package 'nowhere'"),
      },
    ],
    [
      'of the syntax',
      'export const handler = (',
      { errorType: 'Runtime.UserCodeSyntaxError', errorMessage: expect.stringContaining('SyntaxError') },
    ],
    [
      'of a missing export',
      'export const other = 1',
      { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
    ],
    [
      'of an export that is no function',
      'export const handler = 1',
      { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is not a function' },
    ],
    [
      'of a callback handler on Node 24',
      'export const handler = (event, context, callback) => callback(null, 1)',
      {
        errorType: 'Runtime.CallbackHandlerDeprecated',
        errorMessage: expect.stringContaining('has removed support for callback-based function handlers'),
      },
    ],
    [
      'of an exit at init',
      'process.exit(4)',
      { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: exit status 4' },
    ],
  ])('%s', async (_name, source, error) => {
    const { deploy, invoke, environments } = startLambda();
    await deploy('f', source);
    const { result, ...answer } = await invoke('f', {}, { LogType: 'Tail' });
    expect(result).toMatchObject(error);
    expect(answer).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      log: expect.stringContaining('REPORT RequestId'),
    });
    expect(environments('f').length).toBeLessThanOrEqual(1);
  });

  test('of a file that is not there', async () => {
    const { deploy, invoke } = startLambda();
    await deploy('f', { 'other.mjs': '' });
    expect((await invoke('f')).result).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringMatching(/^Error: Cannot find module '.*index'/),
    });
  });
});

test.each([
  ['nextTick', 'process.nextTick = () => {}'],
  ['Buffer', 'globalThis.Buffer = undefined'],
])('a function may put something else in the place of %s', async (_name, replaces) => {
  const { deploy, invoke } = startLambda();
  await deploy('f', `let n = 0; export const handler = async () => { ${replaces}; return ++n };`);
  expect((await invoke('f')).result).toBe(1);
  expect((await invoke('f')).result).toBe(2);
});

test('after an error the environment serves on, after a crash another one does', async () => {
  const { deploy, invoke } = startLambda();
  await deploy(
    'f',
    'let n = 0; export const handler = async ({ fault }) => { n++; if (fault === "throw") throw new Error("x"); if (fault === "exit") process.exit(1); return n }',
  );
  await invoke('f', { fault: 'throw' });
  expect((await invoke('f')).result).toBe(2);
  await invoke('f', { fault: 'exit' });
  expect((await invoke('f')).result).toBe(1);
});

test('a timeout ends the environment, even one that is busy', async () => {
  const { deploy, invoke, environments } = startLambda();
  await deploy(
    'f',
    'export const handler = async ({ spin }) => { console.log("begin"); while (spin); return process.pid }',
    { Timeout: 1 },
  );
  const { result: first } = await invoke('f');
  const { result, log, FunctionError } = await invoke('f', { spin: true }, { LogType: 'Tail' });
  expect(FunctionError).toBe('Unhandled');
  expect(result).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1.00 seconds$/),
  });
  expect(log).toMatch(/INFO\tbegin\n.*Task timed out after 1.00 seconds\n.*REPORT .*Status: timeout/s);
  expect((await invoke('f')).result).not.toBe(first);
  expect(environments('f')).toHaveLength(1);
});

test('an initialisation that takes too long is ended', async () => {
  const { deploy, invoke } = startLambda({ timings: { initTimeout: 300 } });
  await deploy('f', 'await new Promise((resolve) => setTimeout(resolve, 60_000)); export const handler = 1;');
  expect((await invoke('f')).result).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: 'Task timed out after 0.30 seconds',
  });
});

describe('an invocation is refused', () => {
  test.each<[string, object, string]>([
    ['of an unknown function', { FunctionName: 'none' }, 'ResourceNotFoundException'],
    ['of an unknown version', { FunctionName: 'f:9' }, 'ResourceNotFoundException'],
    ['whose event is not JSON', { FunctionName: 'f', Payload: Buffer.from('{') }, 'InvalidRequestContentException'],
    ['over 6 MB', { FunctionName: 'f', Payload: Buffer.alloc(6_291_457, 32) }, 'RequestTooLargeException'],
    [
      'over 1 MB, asynchronous',
      { FunctionName: 'f', InvocationType: 'Event', Payload: Buffer.alloc(1_048_577, 32) },
      'RequestTooLargeException',
    ],
    [
      'with a client context that is not JSON',
      { FunctionName: 'f', ClientContext: 'x' },
      'InvalidRequestContentException',
    ],
    [
      'with a client context that no header holds',
      { FunctionName: 'f', ClientContext: Buffer.from(JSON.stringify({ a: 'é'.repeat(4500) })).toString('base64') },
      'InvalidRequestContentException',
    ],
  ])('%s', async (_name, input, name) => {
    const { deploy, operations } = startLambda();
    await deploy('f', 'export const handler = async () => 1;');
    await expect(operations.Invoke(input as { FunctionName: string }, internalCall())).rejects.toMatchObject({ name });
  });
});

test('a dry run runs nothing', async () => {
  const { deploy, invoke, environments } = startLambda();
  await deploy('f', 'export const handler = async () => 1;');
  expect(await invoke('f', {}, { InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
  expect(environments('f')).toEqual([]);
});
