import { expect, onTestFinished, test, vi } from 'vitest';
import { createStates, type StatesDeps } from './states.ts';

const region = { accountId: '000000000000', name: 'eu-west-1', endpoint: 'http://127.0.0.1:1' };
const functionArn = (name: string) => `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
const roleArn = 'arn:aws:iam::000000000000:role/r';

/** What CDK's provider framework has for a waiter. */
const waiter = (MaxAttempts: number) => ({
  StartAt: 'ask',
  States: {
    ask: {
      End: true,
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts, BackoffRate: 1 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'timeout' }],
      Type: 'Task',
      Resource: functionArn('is-complete'),
    },
    timeout: { End: true, Type: 'Task', Resource: functionArn('on-timeout') },
  },
});

/** Functions whose answers are those of the list, one after the other; an error is the function's own. */
function start(answers: Record<string, (object | Error)[]>) {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const asked: unknown[] = [];
  const lambda: StatesDeps['lambda'] = {
    Invoke: async ({ FunctionName = '', Payload }) => {
      const name = FunctionName.slice(FunctionName.lastIndexOf(':') + 1);
      asked.push([name, JSON.parse(Buffer.from(Payload).toString())]);
      const answer = answers[name]?.shift() ?? {};
      const failed = answer instanceof Error;
      const body = failed ? { errorType: answer.name, errorMessage: answer.message } : answer;
      return { ...(failed && { FunctionError: 'Unhandled' }), Payload: Buffer.from(JSON.stringify(body)) };
    },
  };
  const states = createStates(region, { lambda });
  onTestFinished(() => states.close());
  const { operations } = states;
  const begin = (definition: object, input = '{"n":1}') => {
    const created = operations.CreateStateMachine({ name: 'm', roleArn, definition: JSON.stringify(definition) });
    const { stateMachineArn } = created;
    return operations.StartExecution({ stateMachineArn, input }).executionArn;
  };
  const outcome = (executionArn: string) => operations.DescribeExecution({ executionArn });
  return { operations, asked, begin, outcome };
}

const notYet = Object.assign(new Error('{"again":true}'), { name: 'Retry' });

test('a task is tried again at its interval until it succeeds', async () => {
  const { begin, outcome, asked } = start({ 'is-complete': [notYet, notYet, { IsComplete: true }] });
  const execution = begin(waiter(5));
  await vi.advanceTimersByTimeAsync(9_000);
  expect([outcome(execution).status, asked.length]).toEqual(['RUNNING', 2]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(outcome(execution)).toMatchObject({ status: 'SUCCEEDED', output: '{"IsComplete":true}' });
  expect(asked.at(-1)).toEqual(['is-complete', { n: 1 }]);
});

test('one that never does is caught, with the error and its cause', async () => {
  const { begin, outcome, asked } = start({ 'is-complete': Array(9).fill(notYet) });
  const execution = begin(waiter(2));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(outcome(execution).status).toBe('SUCCEEDED');
  expect(asked).toHaveLength(4);
  const Cause = JSON.stringify({ errorType: 'Retry', errorMessage: '{"again":true}' });
  expect(asked.at(-1)).toEqual(['on-timeout', { Error: 'Retry', Cause }]);
});

test('what nobody catches fails the execution', async () => {
  const { begin, outcome } = start({ 'on-timeout': [new RangeError('no')] });
  const execution = begin({ StartAt: 'one', States: { one: waiter(1).States.timeout } });
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome(execution)).toMatchObject({ status: 'FAILED', error: 'RangeError' });
});

test.each([
  [{ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }, 'the state P of type Pass is not served'],
  [{ StartAt: 'X', States: {} }, 'StartAt names the state X, which is not there'],
  [
    { StartAt: 'T', States: { T: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } } },
    'the task T with arn:aws:states:::sqs:sendMessage is not served',
  ],
  [
    { StartAt: 'T', States: { T: { Type: 'Task', Resource: functionArn('f'), End: true, ResultPath: '$.x' } } },
    'The task T with ResultPath is not served',
  ],
])('%j is refused by name', (definition, message) => {
  const { operations } = start({});
  const create = () => operations.CreateStateMachine({ name: 'm', roleArn, definition: JSON.stringify(definition) });
  expect(create).toThrow(message);
});

test('a machine or an execution that is not there', () => {
  const { operations } = start({});
  expect(() => operations.StartExecution({ stateMachineArn: 'x' })).toThrow(
    expect.objectContaining({ name: 'StateMachineDoesNotExist' }),
  );
  expect(() => operations.DescribeExecution({ executionArn: 'x' })).toThrow(
    expect.objectContaining({ name: 'ExecutionDoesNotExist' }),
  );
});
