import { expect, onTestFinished, test } from 'vitest';
import { createEvents } from '../../../events/events.ts';
import { startLambda } from '../lambda/lambda.fixture.ts';
import { contextOf, make, region } from '../provider.fixture.ts';
import { eventsRule } from './events-rule.ts';

function start() {
  const { operations: events, close } = createEvents(region, startLambda());
  onTestFinished(close);
  const targets = (Rule: string) => events.ListTargetsByRule({ Rule }).Targets.map(({ Arn, Id }) => [Id, Arn]);
  return { events, targets };
}

const queue = 'arn:aws:sqs:eu-west-1:000000000000:bakes';
const baker = 'arn:aws:lambda:eu-west-1:000000000000:function:baker';

test('AWS::Events::Rule: its schedule and targets are made, changed and deleted', async () => {
  const { events, targets } = start();
  const rule = await make(eventsRule(events), {
    ScheduleExpression: 'rate(5 minutes)',
    Description: 'cleans',
    State: 'ENABLED',
    Targets: [
      { Id: 'Target0', Arn: baker },
      { Id: 'Target1', Arn: queue },
    ],
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  const Name = rule.physicalId;
  const Arn = `arn:aws:events:eu-west-1:000000000000:rule/${Name}`;
  expect(rule.attributes).toEqual({ Arn });
  expect(targets(Name)).toEqual([
    ['Target0', baker],
    ['Target1', queue],
  ]);
  await rule.change({
    EventPattern: { source: ['oven'] },
    State: 'DISABLED',
    Targets: [{ Id: 'Target1', Arn: queue, RetryPolicy: { MaximumRetryAttempts: '3' } }],
    Tags: [{ Key: 'team', Value: 'mixer' }],
  });
  expect(targets(Name)).toEqual([['Target1', queue]]);
  const changed = events.DescribeRule({ Name });
  expect(changed).toMatchObject({ EventPattern: '{"source":["oven"]}', State: 'DISABLED' });
  expect(changed).not.toHaveProperty('ScheduleExpression');
  expect(events.ListTagsForResource({ ResourceARN: Arn }).Tags).toEqual([{ Key: 'team', Value: 'mixer' }]);
  await rule.remove();
  expect(events.ListRules({}).Rules).toEqual([]);
});

test('AWS::Events::Rule: one on a bus of its own is known by both names', async () => {
  const { events } = start();
  events.CreateEventBus({ Name: 'kitchen' });
  const properties = {
    EventBusName: 'kitchen',
    EventPattern: { source: ['oven'] },
    Targets: [{ Id: 'a', Arn: queue }],
  };
  const rule = await make(eventsRule(events), properties);
  expect(rule.physicalId).toMatch(/^kitchen\|Factory-Thing-/);
  await rule.change({ ...properties, State: 'DISABLED' });
  expect(events.ListRules({ EventBusName: 'kitchen' }).Rules).toMatchObject([{ State: 'DISABLED' }]);
  await rule.remove();
  expect(events.ListRules({ EventBusName: 'kitchen' }).Rules).toEqual([]);
});

test.each([
  {
    name: 'a target of a kind that is not served',
    change: { Targets: [{ Id: 'a', Arn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:t' }] },
  },
  { name: 'a target without an id', change: { Targets: [{ Arn: queue }] } },
  { name: 'a schedule that is none', change: { ScheduleExpression: 'now and then' } },
])('AWS::Events::Rule: $name is refused and leaves nothing behind', async ({ change }) => {
  const { events } = start();
  const properties = { ScheduleExpression: 'rate(1 hour)', ...change };
  await expect(eventsRule(events).create(properties, contextOf('AWS::Events::Rule'))).rejects.toThrow();
  expect(events.ListRules({}).Rules).toEqual([]);
});
