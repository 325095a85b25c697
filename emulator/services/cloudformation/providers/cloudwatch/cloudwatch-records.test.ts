import { expect, test } from 'vitest';
import { createTestStacks } from '../../resources.fixture.ts';
import { cloudWatchAlarm } from './cloudwatch-records.ts';

test('an alarm is recorded, and its deployment says that it is nothing else', async () => {
  const { create, operations } = createTestStacks(undefined, { providers: [cloudWatchAlarm] });
  const Properties = { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Threshold: 0 };
  const template = {
    Resources: { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties } },
    Outputs: { Name: { Value: { Ref: 'Alarm' } }, Arn: { Value: { 'Fn::GetAtt': ['Alarm', 'Arn'] } } },
  };
  const { StackStatus, Outputs = [] } = await create(template);
  const [name = '', arn] = ['Name', 'Arn'].map(
    (key) => Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue,
  );
  expect([StackStatus, name, arn]).toEqual([
    'CREATE_COMPLETE',
    expect.stringMatching(/^Bakery-Alarm-/),
    `arn:aws:cloudwatch:eu-north-1:123456789012:alarm:${name}`,
  ]);
  const { StackEvents = [] } = operations.DescribeStackEvents({ StackName: 'Bakery' });
  const made = StackEvents.find((event) => event.PhysicalResourceId === name && event.ResourceStatus === StackStatus);
  expect(made?.ResourceStatusReason).toMatch(/^Recorded only: .*never goes off/);
});
