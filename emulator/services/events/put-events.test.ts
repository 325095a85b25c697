import { expect, test, vi } from 'vitest';
import { cleanupFunction, isOrder, order, queue, service } from './service.fixture.ts';

test('an event goes to the targets of the rules that match, each in its form', async () => {
  const { operations, invoked, sent, logged } = service();
  operations.PutRule({ Name: 'r', EventPattern: isOrder });
  operations.PutTargets({
    Rule: 'r',
    Targets: [
      { Id: 'f', Arn: `${cleanupFunction}:live` },
      { Id: 'q', Arn: queue, InputPath: '$.detail' },
      { Id: 'fifo', Arn: `${queue}.fifo`, Input: '{}', SqsParameters: { MessageGroupId: 'g' } },
      { Id: 'l', Arn: 'arn:aws:logs:eu-west-1:000000000000:log-group:/aws/events/orders', InputPath: '$.source' },
    ],
  });
  operations.PutRule({ Name: 'others', EventPattern: '{"source":["ovens"]}' });
  operations.PutTargets({ Rule: 'others', Targets: [{ Id: 'f', Arn: cleanupFunction }] });
  const Time = new Date('2026-11-23T10:00:00.900Z');
  const entries = [{ ...order, Time, Resources: ['till'] }, { ...order, Detail: '{"cookie":"Biscotti"}' }, order];
  const answer = operations.PutEvents({ Entries: entries });
  expect(answer).toEqual({ FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: expect.any(String) })) });

  await vi.waitFor(() => expect(logged).toHaveLength(3));
  expect(invoked).toHaveLength(2);
  expect(invoked[0]).toMatchObject({
    FunctionName: `${cleanupFunction}:live`,
    payload: {
      id: answer.Entries[0]?.EventId,
      'detail-type': 'Order Placed',
      source: 'cookies',
      time: '2026-11-23T10:00:00Z',
      resources: ['till'],
      detail: { cookie: 'Amaretti' },
    },
  });
  expect(sent).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        QueueUrl: 'http://127.0.0.1:4566/000000000000/bake',
        MessageBody: '{"cookie":"Amaretti"}',
      }),
      expect.objectContaining({
        QueueUrl: 'http://127.0.0.1:4566/000000000000/bake.fifo',
        MessageGroupId: 'g',
      }),
    ]),
  );
  expect(logged).toEqual(['r', '/aws/events/orders "cookies"', '/aws/events/orders "cookies"']);
});

test('a custom bus has rules and events of its own', async () => {
  const { operations, invoked } = service();
  const { EventBusArn } = operations.CreateEventBus({ Name: 'orders' });
  const { RuleArn } = operations.PutRule({ Name: 'r', EventBusName: 'orders', EventPattern: isOrder });
  expect(RuleArn).toBe('arn:aws:events:eu-west-1:000000000000:rule/orders/r');
  operations.PutTargets({ Rule: 'r', EventBusName: EventBusArn, Targets: [{ Id: 'f', Arn: cleanupFunction }] });
  operations.PutEvents({ Entries: [order, { ...order, EventBusName: 'nowhere' }] });
  operations.PutEvents({ Entries: [{ ...order, EventBusName: EventBusArn, Resources: ['custom'] }] });
  await vi.waitFor(() => expect(invoked).toHaveLength(1));
  expect(invoked[0]?.payload).toMatchObject({ resources: ['custom'] });

  expect(() => operations.DeleteEventBus({ Name: 'orders' })).toThrow(/has rules/);
  operations.RemoveTargets({ Rule: 'r', EventBusName: 'orders', Ids: ['f'] });
  operations.DeleteRule({ Name: 'r', EventBusName: 'orders' });
  operations.DeleteEventBus({ Name: 'orders' });
  expect(operations.ListEventBuses({}).EventBuses.map(({ Name }) => Name)).toEqual(['default']);
});

test.each([
  { why: 'it has no source', change: { Source: undefined }, code: 'InvalidArgument' },
  { why: 'it has no detail type', change: { DetailType: '' }, code: 'InvalidArgument' },
  { why: 'it has no detail', change: { Detail: undefined }, code: 'InvalidArgument' },
  { why: 'its detail is not JSON', change: { Detail: '{' }, code: 'MalformedDetail' },
  { why: 'its detail is no object', change: { Detail: '[1]' }, code: 'MalformedDetail' },
  { why: 'its source is reserved', change: { Source: 'aws.ec2' }, code: 'NotAuthorizedForSource' },
])('an entry is refused by itself where $why', async ({ change, code }) => {
  const { operations, invoked } = service();
  operations.PutRule({ Name: 'r', EventPattern: '{"source":[{"exists":true}]}' });
  operations.PutTargets({ Rule: 'r', Targets: [{ Id: 'f', Arn: cleanupFunction }] });
  const { FailedEntryCount, Entries } = operations.PutEvents({ Entries: [{ ...order, ...change }, order] });
  expect(FailedEntryCount).toBe(1);
  expect(Entries).toMatchObject([{ ErrorCode: code }, { EventId: expect.any(String) }]);
  await vi.waitFor(() => expect(invoked).toHaveLength(1));
});
