import { expect, test } from 'vitest';
import { createTestStacks, TestResources } from '../../resources.fixture.ts';
import { waitCondition, waitConditionHandle } from './wait-condition.ts';
import { WaitSignals } from './wait-signals.ts';

function start(Properties: object = {}) {
  const signals = new WaitSignals();
  const resources = new TestResources();
  const stacks = createTestStacks(resources, {
    providers: [resources.provider, waitCondition(signals), waitConditionHandle(signals)],
  });
  const { operations } = stacks;
  const template = {
    Resources: {
      Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
      Wait: {
        Type: 'AWS::CloudFormation::WaitCondition',
        Properties: { Handle: { Ref: 'Handle' }, Timeout: '60', ...Properties },
      },
    },
    Outputs: { Data: { Value: { 'Fn::GetAtt': ['Wait', 'Data'] } } },
  };
  /** The handle's path, when the condition waits. */
  const waiting = () =>
    expect
      .poll(() =>
        operations.DescribeStackEvents({ StackName: 'Bakery' }).StackEvents.map((e) => e.ResourceStatusReason),
      )
      .toContainEqual(expect.stringMatching(/^Waiting for \d signal/))
      .then(() => {
        const { StackResourceDetail } = operations.DescribeStackResource({
          StackName: 'Bakery',
          LogicalResourceId: 'Handle',
        });
        return new URL(StackResourceDetail.PhysicalResourceId ?? '').pathname;
      });
  const send = (path: string, signal: object) =>
    signals.answer({
      ...{ method: 'PUT', path, search: '', query: new URLSearchParams(), headers: {} },
      body: Buffer.from(JSON.stringify(signal)),
    }).status;
  return { ...stacks, signals, template, waiting, send };
}

const success = (UniqueId: string) => ({ Status: 'SUCCESS', Reason: 'done', UniqueId, Data: `of ${UniqueId}` });

test('a stack goes on when so many signals have come, each of an id of its own', async () => {
  const { create, waiting, send, template, describe } = start({ Count: '2' });
  const created = create(template);
  const path = await waiting();
  expect([send(path, success('a')), send(path, success('a')), send(path, { Status: 'maybe' })]).toEqual([
    200, 200, 400,
  ]);
  expect(send(`${path}x`, success('b'))).toBe(403);
  expect(send(path, success('b'))).toBe(200);
  await created;
  const { StackStatus, Outputs } = await describe('Bakery');
  expect(StackStatus).toBe('CREATE_COMPLETE');
  expect(Outputs).toMatchObject([{ OutputValue: '{"a":"of a","b":"of b"}' }]);
});

test.each([
  ['a failure', { Timeout: 60 }, "WaitCondition received failed message: 'burnt' for uniqueId: a"],
  ['no signal in time', { Timeout: 0 }, 'WaitCondition timed out. Received 0 conditions when expecting 1'],
  ['a time that is too long', { Timeout: 43_201 }, '#/Timeout: the value must be from 0 to 43200 seconds.'],
])('%s fails it', async (what, Properties, reason) => {
  const { create, waiting, send, template, operations } = start(Properties);
  const created = create(template);
  if (what === 'a failure') {
    send(await waiting(), { ...success('a'), Status: 'FAILURE', Reason: 'burnt' });
  }
  expect((await created).StackStatus).toBe('ROLLBACK_COMPLETE');
  const { StackEvents = [] } = operations.DescribeStackEvents({ StackName: 'Bakery' });
  expect(StackEvents.map((event) => event.ResourceStatusReason)).toContain(reason);
});

test('an update that waits can be cancelled, and is rolled back', async () => {
  const { create, template, operations, waiting, describe, resources } = start();
  await create({ Resources: { Box: { Type: 'Test::Box', Properties: { Size: 1 } } } });
  const cancel = () => operations.CancelUpdateStack({ StackName: 'Bakery' });
  expect(cancel).toThrow('CancelUpdateStack cannot be called from current stack status');
  const Box = { Type: 'Test::Box', Properties: { Size: 2 } };
  const TemplateBody = JSON.stringify({ Resources: { Box, ...template.Resources } });
  await operations.UpdateStack({ StackName: 'Bakery', TemplateBody });
  await waiting();
  cancel();
  expect((await describe('Bakery')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect([...resources.existing.values()]).toEqual([{ Size: 1 }]);
});
