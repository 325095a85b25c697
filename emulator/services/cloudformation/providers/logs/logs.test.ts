import { expect, test } from 'vitest';
import { functionOf, startLambda } from '../lambda/lambda.fixture.ts';
import { lambdaFunction } from '../lambda/lambda-function.ts';
import { lambdaPermission } from '../lambda/lambda-permission.ts';
import { contextOf, make } from '../provider.fixture.ts';
import { logsLogGroup } from './logs-log-group.ts';
import { logsLogStream } from './logs-log-stream.ts';
import { logsResourcePolicy } from './logs-resource-policy.ts';
import { logsSubscriptionFilter } from './logs-subscription-filter.ts';

test('AWS::Logs::LogGroup: its retention and tags are set, changed and removed', async () => {
  const { logs } = startLambda();
  const found = async () => (await logs.DescribeLogGroups({})).logGroups[0];
  const group = await make(logsLogGroup(logs), { RetentionInDays: '7', Tags: [{ Key: 'team', Value: 'oven' }] });
  const arn = `arn:aws:logs:eu-west-1:000000000000:log-group:${group.physicalId}`;
  expect(group.attributes).toEqual({ Arn: `${arn}:*` });
  expect(await found()).toMatchObject({ logGroupName: group.physicalId, retentionInDays: 7 });
  await group.change({ RetentionInDays: 14, Tags: [{ Key: 'team', Value: 'mixer' }], DeletionProtectionEnabled: true });
  expect(await found()).toMatchObject({ retentionInDays: 14, deletionProtectionEnabled: true });
  expect(logs.ListTagsForResource({ resourceArn: arn }).tags).toEqual({ team: 'mixer' });
  await expect(group.remove()).rejects.toThrow('deletion protection');
  await group.change({});
  expect((await found())?.retentionInDays).toBeUndefined();
  await group.remove();
  expect(await found()).toBeUndefined();
});

test('AWS::Logs::LogGroup: one whose retention is refused leaves nothing behind', async () => {
  const { logs } = startLambda();
  const create = logsLogGroup(logs).create({ RetentionInDays: 8 }, contextOf('AWS::Logs::LogGroup'));
  await expect(create).rejects.toThrow('retentionInDays');
  expect((await logs.DescribeLogGroups({})).logGroups).toEqual([]);
});

test('AWS::Logs::SubscriptionFilter is put, changed and deleted', async () => {
  const { lambda, logs } = startLambda();
  const taster = await make(lambdaFunction(lambda), functionOf('exports.handler = async () => {};'), 'Taster');
  const DestinationArn = String(taster.attributes['Arn']);
  await make(lambdaPermission(lambda), {
    FunctionName: DestinationArn,
    Action: 'lambda:InvokeFunction',
    Principal: 'logs.amazonaws.com',
  });
  const { physicalId: LogGroupName } = await make(logsLogGroup(logs), {});
  const patterns = async () => {
    const { subscriptionFilters } = await logs.DescribeSubscriptionFilters({ logGroupName: LogGroupName });
    return subscriptionFilters.map(({ filterPattern }) => filterPattern);
  };
  const filter = await make(logsSubscriptionFilter(logs), { LogGroupName, DestinationArn, FilterPattern: 'ERROR' });
  expect(filter.physicalId).toMatch(/^Factory-Thing-/);
  expect(await patterns()).toEqual(['ERROR']);
  await filter.change({ LogGroupName, DestinationArn, FilterPattern: '' });
  expect(await patterns()).toEqual(['']);
  await filter.remove();
  expect(await patterns()).toEqual([]);
});

test('AWS::Logs::ResourcePolicy is put, changed, replaced by another name and deleted', async () => {
  const { logs } = startLambda();
  const policies = () =>
    logs.DescribeResourcePolicies({}).resourcePolicies.map((policy) => [policy.policyName, policy.policyDocument]);
  const document = (sid: string) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: sid }] });
  const policy = await make(logsResourcePolicy(logs), { PolicyName: 'a', PolicyDocument: document('one') });
  expect(policy.physicalId).toBe('a');
  await policy.change({ PolicyName: 'a', PolicyDocument: document('two') });
  expect(policies()).toEqual([['a', document('two')]]);
  await policy.remove();
  await policy.remove();
  expect(policies()).toEqual([]);
});

test('AWS::Logs::LogStream is made in its group and deleted', async () => {
  const { logs } = startLambda();
  const { physicalId: LogGroupName } = await make(logsLogGroup(logs), {});
  const names = async () => {
    const { logStreams = [] } = await logs.DescribeLogStreams({ logGroupName: LogGroupName });
    return logStreams.map(({ logStreamName }) => logStreamName);
  };
  const named = await make(logsLogStream(logs), { LogGroupName, LogStreamName: 'oven' });
  const unnamed = await make(logsLogStream(logs), { LogGroupName });
  expect(named.physicalId).toBe('oven');
  expect(await names()).toEqual([unnamed.physicalId, 'oven']);
  await named.remove();
  await unnamed.remove();
  expect(await names()).toEqual([]);
});
