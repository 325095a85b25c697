import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startLambda } from '../../lambda.fixture.ts';

/** An internal extension, and a handler that tells what the API answered. */
const extension = (events: readonly string[], rest = '') => `
  const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2020-01-01/extension';
  const call = async (path, init) => {
    const answer = await fetch(api + path, init);
    return { status: answer.status, id: answer.headers.get('Lambda-Extension-Identifier'), body: await answer.json() };
  };
  const register = (events, name = 'drain') =>
    call('/register', { method: 'POST', headers: { 'Lambda-Extension-Name': name }, body: JSON.stringify({ events }) });
  const registered = await register(${JSON.stringify(events)});
  const next = () => call('/event/next', { headers: { 'Lambda-Extension-Identifier': registered.id } });
  ${rest}
  export const handler = async ({ ms = 0 }) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return registered;
  };`;

const saysGoodbye = `process.on('SIGTERM', () => { console.log('goodbye'); process.exit(0); });`;

test('with an extension an environment is sent SIGTERM, and what it says then is logged', async () => {
  const { deploy, invoke, logged, operations, environments } = startLambda();
  await deploy('f', extension([], `next(); ${saysGoodbye}`));
  const { result } = await invoke('f');
  expect(result).toEqual({
    status: 200,
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    body: { functionName: 'f', functionVersion: '$LATEST', handler: 'index.handler' },
  });
  operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 4 });
  expect(environments('f')).toEqual([]);
  await vi.waitFor(() => expect(logged.map(({ message }) => message).join('')).toMatch(/goodbye/));
});

test('without an extension it is killed at once', async () => {
  const { deploy, invoke, logged, environments } = startLambda({ timings: { idleTimeout: 50 } });
  await deploy('f', `${saysGoodbye} export const handler = async () => 1;`);
  await invoke('f');
  const [{ exited } = { exited: undefined }] = environments('f');
  await exited;
  expect(logged.map(({ message }) => message).join('')).not.toMatch(/goodbye/);
});

test.each([
  [
    'deleted',
    (operations: ReturnType<typeof startLambda>['operations']) => void operations.DeleteFunction({ FunctionName: 'f' }),
  ],
  ['idle', () => undefined],
])('SIGTERM comes where the environment is ended because the function is %s', async (_why, end) => {
  const { deploy, invoke, logged, operations, environments } = startLambda({ timings: { idleTimeout: 200 } });
  await deploy('f', extension([], `next(); ${saysGoodbye}`));
  await invoke('f');
  const [{ exited } = { exited: undefined }] = environments('f');
  end(operations);
  await exited;
  expect(logged.map(({ message }) => message).join('')).toMatch(/goodbye/);
});

test('SIGTERM comes when the endpoint closes', async () => {
  const { deploy, invoke, logged, close } = startLambda();
  await deploy('f', extension([], `next(); ${saysGoodbye}`));
  await invoke('f');
  await close();
  expect(logged.map(({ message }) => message).join('')).toMatch(/goodbye/);
});

test('after half a second SIGTERM is followed by SIGKILL', async () => {
  const { deploy, invoke, operations, environments } = startLambda();
  await deploy('f', extension([], `next(); process.on('SIGTERM', () => {});`));
  await invoke('f');
  const [environment] = environments('f');
  const startedAt = performance.now();
  operations.DeleteFunction({ FunctionName: 'f' });
  await environment?.exited;
  // That it ends at all is the SIGKILL: this one does not heed a SIGTERM.
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(499);
});

test('a killed environment hears nothing, extension or not', async () => {
  const { deploy, invoke, logged, environments } = startLambda();
  await deploy('f', extension([], `next(); ${saysGoodbye}`));
  await invoke('f');
  const [environment] = environments('f');
  environment?.kill();
  await environment?.exited;
  expect(logged.map(({ message }) => message).join('')).not.toMatch(/goodbye/);
});

test('an extension is told of invocations, and the environment waits until it is done with one', async () => {
  const { deploy, invoke, environments, logged } = startLambda();
  const loop = `(async () => {
    const { watch } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const done = new Promise((resolve) => watch(tmpdir(), resolve));
    for (;;) {
      const { body } = await next();
      console.log('told', JSON.stringify(body));
      await done;
    }
  })();`;
  await deploy('f', extension(['INVOKE'], loop), { Timeout: 10 });
  await invoke('f');
  expect(environments('f')).toMatchObject([{ busy: true }]);
  await writeFile(join(environments('f')[0]?.temporaryDirectory ?? '', 'done'), '');
  await vi.waitFor(() => expect(environments('f')).toMatchObject([{ busy: false }]));
  await invoke('f');
  expect(environments('f')).toHaveLength(1);
  const [told] = logged.filter(({ message }) => message.includes('told'));
  expect(JSON.parse(told?.message.split('told ')[1] ?? '')).toMatchObject({
    eventType: 'INVOKE',
    deadlineMs: expect.any(Number),
    requestId: expect.any(String),
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
    tracing: { type: 'X-Amzn-Trace-Id', value: expect.stringMatching(/^Root=/) },
  });
});

test('an extension that is never done ends its environment at the timeout', async () => {
  const { deploy, invoke, environments } = startLambda();
  await deploy('f', extension(['INVOKE'], 'next();'), { Timeout: 1 });
  expect((await invoke('f')).FunctionError).toBeUndefined();
  const [environment] = environments('f');
  await environment?.exited;
  expect((await invoke('f')).FunctionError).toBeUndefined();
});

test('an initialisation lasts until the extension asks for its first event', async () => {
  const { deploy, invoke } = startLambda({ timings: { initTimeout: 500 } });
  await deploy('f', extension([]));
  expect((await invoke('f')).result).toMatchObject({ errorType: 'Sandbox.Timedout' });
});

test('what the Extensions API refuses', async () => {
  const { deploy, invoke } = startLambda();
  const tries = `
    next();
    const answers = [
      registered,
      await register([], ''),
      await register([], 'drain'),
      await register(['BREAK'], 'other'),
      await call('/register', { method: 'POST', headers: { 'Lambda-Extension-Name': 'x' }, body: '[' }),
      await call('/event/next', { headers: { 'Lambda-Extension-Identifier': 'x' } }),
      await call('/event/next', {}),
      await call('/exit/error', { method: 'POST' }),
    ];`;
  const handler = `export const handler = async () => [...answers, await register([], 'late')];`;
  await deploy('f', extension([], tries).replace(/export const handler.*$/s, handler));
  const { result } = await invoke('f');
  expect(
    result.map(({ status, body }: { status: number; body: { errorType?: string } }) => [status, body.errorType]),
  ).toEqual([
    [200, undefined],
    [403, 'Extension.InvalidExtensionName'],
    [403, 'Extension.InvalidExtensionState'],
    [403, 'Extension.InvalidEventType'],
    [403, 'InvalidRequestFormat'],
    [403, 'Extension.UnknownExtensionIdentifier'],
    [403, 'Extension.MissingHeader'],
    [404, 'Extension.NotServed'],
    [403, 'Extension.RegistrationClosed'],
  ]);
});

test('an internal extension may not ask for SHUTDOWN', async () => {
  const { deploy, invoke } = startLambda();
  await deploy('f', extension(['INVOKE', 'SHUTDOWN']));
  expect((await invoke('f')).result).toMatchObject({
    status: 403,
    body: { errorMessage: 'SHUTDOWN: ShutdownEventNotSupportedForInternalExtension' },
  });
});
