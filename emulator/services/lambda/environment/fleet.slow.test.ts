import { availableParallelism } from 'node:os';
import { expect, onTestFinished, test, vi } from 'vitest';
import { internalCall } from '../../../wire/operation.ts';
import { isAlive, startLambda } from '../lambda.fixture.ts';

type StartedLambda = ReturnType<typeof startLambda>;

/** Answers its process id, after a while. */
const slow =
  'export const handler = async ({ ms = 100 }) => { await new Promise((resolve) => setTimeout(resolve, ms)); return process.pid };';
const times = <T>(count: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, make));

test('one environment serves one request after the other', async () => {
  const { deploy, invoke, environments } = startLambda();
  await deploy('f', slow);
  const first = (await invoke('f', { ms: 0 })).result;
  for (let i = 0; i < 20; i++) {
    expect((await invoke('f', { ms: 0 })).result).toBe(first);
  }
  expect(environments('f').map(({ processId }) => processId)).toEqual([first]);
});

test('requests at the same time have environments of their own, which stay warm', async () => {
  const { deploy, invoke, environments } = startLambda();
  await deploy('f', slow, { Timeout: 60 });
  const answers = await times(3, () => invoke('f', { ms: 3000 }));
  const processes = answers.map(({ result }) => result);
  expect(new Set(processes).size).toBe(3);
  expect((await times(3, () => invoke('f'))).every(({ result }) => processes.includes(result))).toBe(true);
  expect(environments('f').map(({ processId }) => processId)).toEqual(expect.arrayContaining(processes));
});

/** Invokes with some events at once, which answer their process ids to a queue, and resolves with these. */
async function answersToEvents({ deploy, invoke, operations, queue, sqs }: StartedLambda, count: number, ms: number) {
  const { arn, url: QueueUrl } = await queue('done');
  await deploy('f', slow);
  operations.PutFunctionEventInvokeConfig({
    FunctionName: 'f',
    DestinationConfig: { OnSuccess: { Destination: arn } },
  });
  await times(count, () => invoke('f', { ms }, { InvocationType: 'Event' }));
  const answers: number[] = [];
  while (answers.length < count) {
    const { Messages = [] } = await sqs.ReceiveMessage({ QueueUrl, WaitTimeSeconds: 20 }, internalCall());
    answers.push(...Messages.map(({ Body = '' }) => JSON.parse(Body).responsePayload));
  }
  return answers;
}

test('events at once that are handled soon share an environment', async () => {
  const lambda = startLambda({ timings: { longInvocation: 60_000 } });
  const answers = await answersToEvents(lambda, 5, 0);
  expect(new Set(answers).size).toBe(1);
});

test('events at once that take long have environments of their own', async () => {
  const lambda = startLambda({ timings: { longInvocation: 10 } });
  const answers = await answersToEvents(lambda, 2, 1500);
  expect(new Set(answers).size).toBe(2);
});

test('at the bound, requests wait for an environment, and an idle one makes room', async () => {
  const { deploy, invoke, environments } = startLambda({ maxEnvironments: 2 });
  await deploy('f', slow);
  await deploy('g', slow);
  const answers = await times(6, () => invoke('f', { ms: 20 }));
  expect(answers.every(({ StatusCode }) => StatusCode === 200)).toBe(true);
  expect(environments('f').length).toBeLessThanOrEqual(2);
  expect((await invoke('g')).StatusCode).toBe(200);
  expect(environments('f').length + environments('g').length).toBeLessThanOrEqual(2);
});

test('at the bound, a busy function yields to one that has no environment', async () => {
  const { deploy, invoke } = startLambda({ maxEnvironments: 2 });
  await deploy('f', slow);
  await deploy('g', slow);
  let busy = true;
  const flood = times(4, async () => {
    while (busy) {
      await invoke('f', { ms: 5 });
    }
  });
  expect((await invoke('g', { ms: 0 })).StatusCode).toBe(200);
  busy = false;
  await flood;
});

test('at the bound, a function whose one environment hangs gets that of another when it is in use no more', async () => {
  const { deploy, invoke } = startLambda({ maxEnvironments: 2, timings: { longInvocation: 10, inUseFor: 100 } });
  await deploy('f', slow);
  await deploy('g', slow);
  await invoke('f', { ms: 0 });
  const answered: string[] = [];
  const hangs = invoke('f', { ms: 2_000 }).then(() => answered.push('the one that hangs'));
  await invoke('g', { ms: 0 });
  await invoke('f', { ms: 0 }).then(() => answered.push('the other'));
  await hangs;
  expect(answered).toEqual(['the other', 'the one that hangs']);
});

test('initialisations that take long keep no other function waiting', async () => {
  const { deploy, invoke } = startLambda();
  const answered: string[] = [];
  const ask = async (name: string) => {
    await invoke(name, { ms: 0 });
    answered.push(name);
  };
  const names = Array.from({ length: Math.max(2, availableParallelism()) }, (_, i) => `slow${i}`);
  for (const name of names) {
    await deploy(name, `await new Promise((resolve) => setTimeout(resolve, 3_000)); ${slow}`);
  }
  await deploy('quick', slow);
  await Promise.all([...names, 'quick'].map(ask));
  expect(answered[0]).toBe('quick');
});

test('after a start that failed, others that wait have starts of their own', async () => {
  const { deploy, invoke, environments } = startLambda();
  await deploy('f', "await new Promise((resolve) => setTimeout(resolve, 300)); throw new Error('no flour');");
  const all = times(4, () => invoke('f'));
  await vi.waitFor(() => expect(environments('f')).toHaveLength(2));
  for (const { result } of await all) {
    expect(result).toMatchObject({ errorMessage: 'no flour' });
  }
});

test('who waits too long for an environment is throttled', async () => {
  const patience = 60_000;
  const { deploy, invoke } = startLambda({ maxEnvironments: 1, timings: { patience } });
  await deploy('f', slow);
  await invoke('f', { ms: 0 });
  const first = invoke('f', { ms: 1_000 });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const second = expect(invoke('f')).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'ConcurrentInvocationLimitExceeded',
  });
  await vi.advanceTimersByTimeAsync(patience);
  await second;
  vi.useRealTimers();
  await first;
});

test('reserved concurrency bounds a function', async () => {
  const { deploy, invoke, operations } = startLambda();
  await deploy('f', slow);
  operations.PutFunctionConcurrency({ FunctionName: 'f', ReservedConcurrentExecutions: 1 });
  const first = invoke('f');
  await expect(invoke('f')).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    message: 'Rate Exceeded.',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
  await first;
  expect((await invoke('f')).StatusCode).toBe(200);
  operations.PutFunctionConcurrency({ FunctionName: 'f', ReservedConcurrentExecutions: 0 });
  await expect(invoke('f')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  operations.DeleteFunctionConcurrency({ FunctionName: 'f' });
  expect((await invoke('f')).StatusCode).toBe(200);
  const tooMuch = () => operations.PutFunctionConcurrency({ FunctionName: 'f', ReservedConcurrentExecutions: 901 });
  expect(tooMuch).toThrow(/below its minimum value of \[100\]/);
});

test('an environment without work is ended', async () => {
  const { deploy, invoke, environments } = startLambda({ timings: { idleTimeout: 50 } });
  await deploy('f', slow);
  const { result } = await invoke('f', { ms: 0 });
  await vi.waitFor(() => expect(isAlive(result)).toBe(false));
  expect(environments('f')).toEqual([]);
});

test('an environment without work is ended sooner while memory is short', async () => {
  const { deploy, invoke, environments } = startLambda({
    isMemoryShort: () => true,
    timings: { idleTimeout: 600_000 },
  });
  await deploy('f', slow);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { result } = await invoke('f', { ms: 0 });
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  await vi.waitFor(() => expect(isAlive(result)).toBe(false));
  expect(environments('f')).toEqual([]);
});

test('a change ends the environments there are, those at work when they are done', async () => {
  const { deploy, invoke, operations, environments } = startLambda();
  await deploy('f', slow);
  const atWork = invoke('f', { ms: 300 });
  await vi.waitFor(() => expect(environments('f').some(({ busy }) => busy)).toBe(true));
  operations.UpdateFunctionConfiguration({ FunctionName: 'f', Environment: { Variables: { RECIPE: 'spritz' } } });
  const { result } = await invoke('f', { ms: 0 });
  const before = (await atWork).result;
  expect(before).not.toBe(result);
  await vi.waitFor(() => expect(environments('f').map(({ processId }) => processId)).toEqual([result]));
});

test('an environment can be killed: its invocation fails, and the next has another', async () => {
  const { deploy, invoke, environments } = startLambda();
  await deploy('f', slow);
  const killed = invoke('f', { ms: 5000 });
  await vi.waitFor(() => expect(environments('f').some(({ busy }) => busy)).toBe(true));
  environments('f')[0]?.kill();
  expect((await killed).result).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(/signal: killed$/),
  });
  expect((await invoke('f', { ms: 0 })).StatusCode).toBe(200);
});
