import { expect, onTestFinished, test } from 'vitest';
import { createEvents } from '../../../events/events.ts';
import { startLambda } from '../lambda/lambda.fixture.ts';
import { make, region } from '../provider.fixture.ts';
import { eventsEventBus } from './events-event-bus.ts';
import { eventsEventBusPolicy } from './events-event-bus-policy.ts';

function start() {
  const { operations: events, close } = createEvents(region, startLambda());
  onTestFinished(close);
  return events;
}

const queue = 'arn:aws:sqs:eu-west-1:000000000000:dead';

test('AWS::Events::EventBus: its settings and tags are made, changed and taken away', async () => {
  const events = start();
  const Name = 'kitchen';
  const bus = await make(eventsEventBus(events), {
    Name,
    Description: 'bakes',
    DeadLetterConfig: { Arn: queue },
    Tags: [{ Key: 'team', Value: 'oven' }],
  });
  const Arn = 'arn:aws:events:eu-west-1:000000000000:event-bus/kitchen';
  expect(bus).toMatchObject({ physicalId: Name, attributes: { Name, Arn } });
  expect(events.DescribeEventBus({ Name })).toMatchObject({ Description: 'bakes', DeadLetterConfig: { Arn: queue } });
  await bus.change({ Name, Tags: [{ Key: 'team', Value: 'mixer' }] });
  const described = events.DescribeEventBus({ Name });
  expect(described).not.toHaveProperty('Description');
  expect(described).not.toHaveProperty('DeadLetterConfig');
  expect(events.ListTagsForResource({ ResourceARN: Arn }).Tags).toEqual([{ Key: 'team', Value: 'mixer' }]);
  await bus.remove();
  expect(events.ListEventBuses({}).EventBuses.map((found) => found.Name)).toEqual(['default']);
});

test('AWS::Events::EventBusPolicy: each is a statement of the policy of its bus', async () => {
  const events = start();
  const policy = () => JSON.parse(events.DescribeEventBus({}).Policy ?? '{"Statement":[]}').Statement;
  const Statement = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'events:PutEvents' };
  const one = await make(eventsEventBusPolicy(events), { StatementId: 'one', Statement });
  const two = await make(eventsEventBusPolicy(events), {
    StatementId: 'two',
    EventBusName: 'default',
    Action: 'events:PutEvents',
    Principal: '*',
  });
  const Resource = 'arn:aws:events:eu-west-1:000000000000:event-bus/default';
  const second = { Sid: 'two', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource };
  expect(policy()).toEqual([{ ...Statement, Sid: 'one' }, second]);
  await one.change({ StatementId: 'one', Statement: { ...Statement, Effect: 'Deny' } });
  expect(policy()).toEqual([{ ...Statement, Effect: 'Deny', Sid: 'one' }, second]);
  await one.remove();
  await two.remove();
  expect(events.DescribeEventBus({})).not.toHaveProperty('Policy');
});
