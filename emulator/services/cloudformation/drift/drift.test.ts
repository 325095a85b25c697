import { expect, test } from 'vitest';
import { startEndpoint } from '../../../endpoint.fixture.ts';

const Resources = {
  Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60, DelaySeconds: '1' } },
  Group: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } },
  Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'one' } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } },
  Policy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Version: '2012-10-17', Statement: [] } },
  },
};
const Outputs = { Queue: { Value: { Ref: 'Queue' } }, Group: { Value: { Ref: 'Group' } } };

test('what was changed by hand, or deleted, has drifted from its stack', async () => {
  const { cloudformation, createStack, sqs, logs } = await startEndpoint();
  const StackName = 's';
  const made = await createStack(StackName, { TemplateBody: JSON.stringify({ Resources, Outputs }) });
  const detect = async () => {
    const { StackDriftDetectionId = '' } = await cloudformation.detectStackDrift({ StackName });
    const status = () => cloudformation.describeStackDriftDetectionStatus({ StackDriftDetectionId });
    await expect.poll(async () => (await status()).DetectionStatus).toBe('DETECTION_COMPLETE');
    const { StackResourceDrifts = [] } = await cloudformation.describeStackResourceDrifts({ StackName });
    const statuses = StackResourceDrifts.map((drift) => [drift.LogicalResourceId, drift.StackResourceDriftStatus]);
    return { status: await status(), drifts: StackResourceDrifts, statuses: Object.fromEntries(statuses) };
  };
  const untouched = await detect();
  expect(untouched.status).toMatchObject({ StackDriftStatus: 'IN_SYNC', DriftedStackResourceCount: 0 });
  expect(untouched.statuses).toEqual({
    ...{ Queue: 'IN_SYNC', Group: 'IN_SYNC', Parameter: 'IN_SYNC', Bucket: 'IN_SYNC' },
    Policy: 'NOT_CHECKED',
  });

  await sqs.setQueueAttributes({ QueueUrl: made['Queue'], Attributes: { VisibilityTimeout: '77' } });
  await logs.deleteLogGroup({ logGroupName: made['Group'] });
  const { status, drifts, statuses } = await detect();
  expect(status).toMatchObject({ StackDriftStatus: 'DRIFTED', DriftedStackResourceCount: 2 });
  expect(statuses).toMatchObject({ Queue: 'MODIFIED', Group: 'DELETED', Parameter: 'IN_SYNC' });
  expect(drifts.find(({ LogicalResourceId }) => LogicalResourceId === 'Queue')).toMatchObject({
    ExpectedProperties: '{"VisibilityTimeout":"60","DelaySeconds":"1"}',
    ActualProperties: '{"VisibilityTimeout":"77","DelaySeconds":"1"}',
    PropertyDifferences: [
      { PropertyPath: '/VisibilityTimeout', ExpectedValue: '60', ActualValue: '77', DifferenceType: 'NOT_EQUAL' },
    ],
  });
  const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName });
  expect(stack?.DriftInformation?.StackDriftStatus).toBe('DRIFTED');
  const only = await cloudformation.describeStackResourceDrifts({
    StackName,
    StackResourceDriftStatusFilters: ['DELETED'],
  });
  expect(only.StackResourceDrifts).toHaveLength(1);

  await sqs.setQueueAttributes({ QueueUrl: made['Queue'], Attributes: { VisibilityTimeout: '60' } });
  const { StackResourceDrift } = await cloudformation.detectStackResourceDrift({
    StackName,
    LogicalResourceId: 'Queue',
  });
  expect(StackResourceDrift?.StackResourceDriftStatus).toBe('IN_SYNC');
});
