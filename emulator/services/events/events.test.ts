import * as eventbridge from '@aws-sdk/client-eventbridge';
import { describe, expect, test, vi } from 'vitest';
import { serve } from '../../gateway.fixture.ts';
import { cleanupFunction, isOrder, order, rule, service } from './service.fixture.ts';

type Table = ReturnType<typeof service>['operations'];
const { LimitExceededException, ResourceAlreadyExistsException, ResourceNotFoundException } = eventbridge;
const ValidationException = { name: 'ValidationException' };
const functions = Array.from({ length: 6 }, (_, i) => ({ Id: `${i}`, Arn: cleanupFunction }));

test.each<{ why: string; act: (table: Table) => unknown; error: { name: string } }>([
  { why: 'a rule waits for nothing', act: (t) => t.PutRule({ Name: 'n' }), error: ValidationException },
  {
    why: 'a name has a space',
    act: (t) => t.PutRule({ Name: 'a b', EventPattern: isOrder }),
    error: ValidationException,
  },
  {
    why: 'a schedule is none',
    act: (t) => t.PutRule({ Name: 'n', ScheduleExpression: 'rate(1 minutes)' }),
    error: ValidationException,
  },
  {
    why: 'a schedule is for a custom bus',
    act: (t) => t.PutRule({ Name: 'n', EventBusName: 'custom', ScheduleExpression: 'rate(1 minute)' }),
    error: ValidationException,
  },
  {
    why: 'a pattern is none',
    act: (t) => t.PutRule({ Name: 'n', EventPattern: '{"source":"x"}' }),
    error: eventbridge.InvalidEventPatternException,
  },
  {
    why: 'a state is none',
    act: (t) => t.PutRule({ Name: 'n', EventPattern: isOrder, State: 'ON' as eventbridge.RuleState }),
    error: ValidationException,
  },
  {
    why: 'there is no such bus',
    act: (t) => t.PutRule({ Name: 'n', EventBusName: 'x', EventPattern: isOrder }),
    error: ResourceNotFoundException,
  },
  { why: 'there is no such rule', act: (t) => t.EnableRule({ Name: 'x' }), error: ResourceNotFoundException },
  {
    why: 'a target has no rule',
    act: (t) => t.PutTargets({ Rule: 'x', Targets: [] }),
    error: ResourceNotFoundException,
  },
  {
    why: 'targets are six',
    act: (t) => t.PutTargets({ Rule: 'r', Targets: functions }),
    error: LimitExceededException,
  },
  { why: 'a bus exists', act: (t) => t.CreateEventBus({ Name: 'custom' }), error: ResourceAlreadyExistsException },
  { why: 'a bus has a slash', act: (t) => t.CreateEventBus({ Name: 'a/b' }), error: ValidationException },
  { why: 'the default bus goes', act: (t) => t.DeleteEventBus({ Name: 'default' }), error: ValidationException },
  {
    why: 'there is nothing to tag',
    act: (t) => t.ListTagsForResource({ ResourceARN: `${rule}x` }),
    error: ResourceNotFoundException,
  },
  { why: 'there are no entries', act: (t) => t.PutEvents({ Entries: [] }), error: ValidationException },
  {
    why: 'entries are over 1 MB',
    act: (t) => t.PutEvents({ Entries: [{ ...order, Detail: `{"x":"${'x'.repeat(1_048_576)}"}` }] }),
    error: ValidationException,
  },
])('a call is refused where $why', ({ act, error }) => {
  const { operations } = service();
  operations.CreateEventBus({ Name: 'custom' });
  operations.PutRule({ Name: 'r', EventPattern: isOrder });
  expect(() => act(operations)).toThrow(expect.objectContaining({ name: error.name }));
  expect(operations.ListRules({}).Rules.map(({ Name }) => Name)).toEqual(['r']);
  expect(operations.ListTargetsByRule({ Rule: 'r' }).Targets).toEqual([]);
});

test('a target that is not there cannot be removed, and says so by itself', () => {
  const { operations } = service();
  operations.PutRule({ Name: 'r', EventPattern: isOrder });
  operations.PutTargets({ Rule: 'r', Targets: [{ Id: 'f', Arn: cleanupFunction }] });
  expect(operations.RemoveTargets({ Rule: 'r', Ids: ['f', 'x'] })).toEqual({
    FailedEntryCount: 1,
    FailedEntries: [{ TargetId: 'x', ErrorCode: 'ResourceNotFoundException', ErrorMessage: expect.any(String) }],
  });
});

test('real clients put rules and targets, list them in pages, tag them, and test patterns', async () => {
  const { configuration } = await serve([service().service]);
  const client = new eventbridge.EventBridge(configuration);
  for (const Name of ['b', 'a', 'c']) {
    const { RuleArn } = await client.putRule({
      Name,
      ScheduleExpression: 'rate(1 day)',
      Tags: [{ Key: 'k', Value: Name }],
    });
    expect((await client.listTagsForResource({ ResourceARN: RuleArn })).Tags).toEqual([{ Key: 'k', Value: Name }]);
  }
  const target = { Id: 'f', Arn: cleanupFunction, Input: '{}', RetryPolicy: { MaximumRetryAttempts: 0 } };
  await client.putTargets({ Rule: 'a', Targets: [target] });
  expect((await client.listTargetsByRule({ Rule: 'a' })).Targets).toEqual([target]);
  expect((await client.listRuleNamesByTarget({ TargetArn: cleanupFunction })).RuleNames).toEqual(['a']);
  const first = await client.listRules({ Limit: 2 });
  const second = await client.listRules({ Limit: 2, NextToken: first.NextToken });
  expect([first, second].map(({ Rules }) => Rules?.map(({ Name }) => Name))).toEqual([['a', 'b'], ['c']]);
  expect(await client.describeRule({ Name: 'a' })).toMatchObject({
    State: 'ENABLED',
    ScheduleExpression: 'rate(1 day)',
  });

  const event = { id: '1', account: '1', source: 's', time: 't', region: 'r', resources: [], 'detail-type': 'd' };
  const tested = await client.testEventPattern({ EventPattern: '{"source":["s"]}', Event: JSON.stringify(event) });
  expect(tested.Result).toBe(true);
  const put = await client.putEvents({ Entries: [{ ...order, Time: new Date() }] });
  expect(put).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
  await expect(client.describeRule({ Name: 'x' })).rejects.toBeInstanceOf(ResourceNotFoundException);
  await expect(client.putRule({ Name: 'x', EventPattern: '{' })).rejects.toBeInstanceOf(
    eventbridge.InvalidEventPatternException,
  );
});

describe('a bus that is a target', () => {
  function buses() {
    const created = service();
    const { operations } = created;
    const rule = (Name: string, EventBusName: string, Arn: string) => {
      operations.PutRule({ Name, EventBusName, EventPattern: isOrder });
      operations.PutTargets({ Rule: Name, EventBusName, Targets: [{ Id: 't', Arn }] });
    };
    const [first = '', second = ''] = ['first', 'second'].map(
      (Name) => operations.CreateEventBus({ Name }).EventBusArn,
    );
    return { ...created, rule, first, second };
  }

  test('gets the event as it is, and tells its own targets', async () => {
    const { operations, rule, first, invoked } = buses();
    rule('over', 'default', first);
    rule('tell', 'first', cleanupFunction);
    operations.PutEvents({ Entries: [order] });
    await vi.waitFor(() =>
      expect(invoked).toMatchObject([{ payload: { source: 'cookies', account: '000000000000' } }]),
    );
  });

  test('goes to no third, so that two which lead to each other come to an end', async () => {
    const { operations, rule, first, second, invoked } = buses();
    rule('there', 'first', second);
    rule('back', 'second', first);
    rule('tell', 'first', cleanupFunction);
    rule('tell', 'second', cleanupFunction);
    operations.PutEvents({ Entries: [{ ...order, EventBusName: 'first' }] });
    await vi.waitFor(() => expect(invoked).toHaveLength(2));
    await new Promise(setImmediate);
    expect(invoked).toHaveLength(2);
  });

  test('takes no input of its own', () => {
    const { operations, first } = buses();
    operations.PutRule({ Name: 'r', EventPattern: isOrder });
    const Targets = [{ Id: 't', Arn: first, Input: '{}' }];
    expect(() => operations.PutTargets({ Rule: 'r', Targets })).toThrow('not valid for target: t');
  });
});
