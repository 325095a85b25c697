import type { RetryPolicy } from '@aws-sdk/client-eventbridge';
import { expect, onTestFinished, test, vi } from 'vitest';
import { cleanupFunction, isOrder, order, queue, rule, service } from './service.fixture.ts';

const throttled = () => Object.assign(new Error('Rate Exceeded.'), { name: 'TooManyRequestsException' });
const missing = () => Object.assign(new Error('Function not found'), { name: 'ResourceNotFoundException' });

/** A rule with a function that fails at first and a dead-letter queue. */
function failing(failures: Error[], policy?: RetryPolicy) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const created = service();
  created.failures.push(...failures);
  created.operations.PutRule({ Name: 'r', EventPattern: isOrder });
  const target = { Id: 'f', Arn: cleanupFunction, DeadLetterConfig: { Arn: queue } };
  created.operations.PutTargets({ Rule: 'r', Targets: [{ ...target, ...(policy && { RetryPolicy: policy }) }] });
  created.operations.PutEvents({ Entries: [order] });
  return created;
}

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

test('what may succeed later is tried again, with growing waits', async () => {
  const { invoked, sent } = failing([throttled(), throttled(), throttled()]);
  await vi.advanceTimersByTimeAsync(6999);
  expect(invoked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(invoked).toHaveLength(1);
  expect(sent).toEqual([]);
});

test.each<{ why: string; failures: Error[]; policy: RetryPolicy; attributes: object }>([
  {
    why: 'cannot succeed later',
    failures: [missing()],
    policy: {},
    attributes: {
      RULE_ARN: text(rule),
      TARGET_ARN: text(cleanupFunction),
      ERROR_CODE: text('ResourceNotFoundException'),
      ERROR_MESSAGE: text('Function not found'),
      RETRY_ATTEMPTS: { DataType: 'Number', StringValue: '0' },
    },
  },
  {
    why: 'was tried as often as it may be',
    failures: [throttled(), throttled(), throttled()],
    policy: { MaximumRetryAttempts: 2 },
    attributes: {
      EXHAUSTED_RETRY_CONDITION: text('MaximumRetryAttempts'),
      RETRY_ATTEMPTS: { DataType: 'Number', StringValue: '2' },
    },
  },
  {
    why: 'is too old',
    failures: Array.from({ length: 9 }, throttled),
    policy: { MaximumEventAgeInSeconds: 60 },
    attributes: { EXHAUSTED_RETRY_CONDITION: text('MaximumEventAgeInSeconds') },
  },
])('what $why goes to the dead-letter queue', async ({ failures, policy, attributes }) => {
  const { invoked, sent } = failing(failures, policy);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(invoked).toEqual([]);
  expect(sent).toEqual([
    expect.objectContaining({
      QueueUrl: 'http://127.0.0.1:4566/000000000000/bake',
      MessageBody: expect.stringContaining('"source":"cookies"'),
      MessageAttributes: expect.objectContaining(attributes),
    }),
  ]);
});

test('closing gives up what waits to be tried again', async () => {
  const { invoked, sent, close } = failing([throttled()]);
  await vi.advanceTimersByTimeAsync(500);
  await close();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([invoked, sent]).toEqual([[], []]);
});

test('what is lost for want of a dead-letter queue is reported', async () => {
  const report = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => report.mockRestore());
  const { operations, failures } = service();
  failures.push(missing());
  operations.PutRule({ Name: 'r', EventPattern: isOrder });
  operations.PutTargets({ Rule: 'r', Targets: [{ Id: 'f', Arn: cleanupFunction }] });
  operations.PutEvents({ Entries: [order] });
  await vi.waitFor(() => {
    expect(report).toHaveBeenCalledWith(`events: rule r did not reach ${cleanupFunction}: Function not found`);
  });
});
