import { expect, onTestFinished, test, vi } from 'vitest';
import { cleanupFunction, rule, service } from './service.fixture.ts';

/** A service at a fixed time, with a rule `r` that has the function as its target. */
function clockwork(ScheduleExpression: string) {
  vi.useFakeTimers({ now: new Date('2026-11-23T03:04:05.678Z') });
  onTestFinished(() => void vi.useRealTimers());
  const { operations, ...rest } = service();
  operations.PutRule({ Name: 'r', ScheduleExpression });
  operations.PutTargets({ Rule: 'r', Targets: [{ Id: 'f', Arn: cleanupFunction }] });
  const times = () => rest.invoked.map(({ payload }) => (payload as { time: string }).time);
  return { operations, times, ...rest };
}

test('a schedule fires at its time, with the event that AWS sends', async () => {
  const { invoked } = clockwork('cron(30 3 * * ? *)');
  await vi.advanceTimersByTimeAsync(25 * 60_000);
  expect(invoked).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(invoked).toEqual([
    {
      FunctionName: cleanupFunction,
      payload: {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        time: '2026-11-23T03:30:00Z',
        region: 'eu-west-1',
        resources: [rule],
        detail: {},
      },
    },
  ]);
});

test.each([
  { schedule: 'rate(1 minute)', days: 5 / 1440, count: 5 },
  { schedule: 'rate(12 hours)', days: 3, count: 6 },
  { schedule: 'cron(0 0 ? * SUN *)', days: 70, count: 10 },
  { schedule: 'cron(0 0 1 1 ? 2027)', days: 800, count: 1 },
])('$schedule fires $count times in $days days', async ({ schedule, days, count }) => {
  const { invoked } = clockwork(schedule);
  await vi.advanceTimersByTimeAsync(days * 86_400_000);
  expect(invoked).toHaveLength(count);
});

test('a disabled rule does not fire, and counts anew when it is enabled', async () => {
  const { operations, times } = clockwork('rate(10 minutes)');
  await vi.advanceTimersByTimeAsync(9 * 60_000);
  operations.DisableRule({ Name: 'r' });
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  expect(operations.DescribeRule({ Name: 'r' }).State).toBe('DISABLED');
  operations.EnableRule({ Name: 'r' });
  await vi.advanceTimersByTimeAsync(9 * 60_000);
  expect(times()).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(times()).toEqual(['2026-11-23T03:53:05Z']);
});

test('a rule that is put again keeps its rate, unless that is what changed', async () => {
  const { operations, times } = clockwork('rate(10 minutes)');
  await vi.advanceTimersByTimeAsync(9 * 60_000);
  operations.PutRule({ Name: 'r', ScheduleExpression: 'rate(10 minutes)', Description: 'Cleans up' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(times()).toHaveLength(1);
  operations.PutRule({ Name: 'r', ScheduleExpression: 'rate(1 hour)' });
  expect(operations.DescribeRule({ Name: 'r' })).not.toHaveProperty('Description');
  await vi.advanceTimersByTimeAsync(59 * 60_000);
  expect(times()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(times()).toHaveLength(2);
});

test('a deleted rule and a closed service leave no timer', async () => {
  const { operations, close } = clockwork('rate(1 minute)');
  operations.PutRule({ Name: 'other', ScheduleExpression: 'rate(1 minute)' });
  expect(() => operations.DeleteRule({ Name: 'r' })).toThrow("Rule can't be deleted since it has targets.");
  operations.RemoveTargets({ Rule: 'r', Ids: ['f'] });
  operations.DeleteRule({ Name: 'r' });
  expect(vi.getTimerCount()).toBe(1);
  await close();
  expect(vi.getTimerCount()).toBe(0);
});
