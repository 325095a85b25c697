import { expect, test } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';

const role = 'arn:aws:iam::000000000000:role/shared';
const handler = { Handler: 'index.handler', Role: role, Code: { ZipFile: 'x' } };

const template = {
  Transform: ['AWS::Serverless-2016-10-31'],
  Globals: {},
  Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { Colour: 'red', Flavour: 'oat' } },
    Network: { Type: 'AWS::EC2::VPC' },
    Base: { Type: 'AWS::Mars::Base', Properties: { Air: true } },
    Snake: { Type: 'AWS::Lambda::Function', Properties: { ...handler, Runtime: 'java21' } },
    Mount: { Type: 'AWS::Lambda::Function', Properties: { ...handler, Runtime: 'nodejs24.x', FileSystemConfigs: [] } },
    Spell: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Transform': { Name: 'AWS::Include' } } } },
    Slow: { Type: 'AWS::SQS::Queue', CreationPolicy: { ResourceSignal: { Count: 1 } } },
    Skipped: { Type: 'AWS::Mars::Rover', Condition: 'Never' },
  },
};

const refusals = [
  'Transform AWS::Serverless-2016-10-31 is not served by this endpoint.',
  'Template format error: [/Resources/Slow/CreationPolicy] CreationPolicy is not served by this endpoint.',
  'Template format error: Unrecognized resource types: [AWS::EC2::VPC, AWS::Mars::Base]',
  'Template error: Fn::Transform is not served by this endpoint.',
  'Properties validation failed for resource Queue with message: #: extraneous key [Colour] is not permitted: this endpoint does not serve that property of AWS::SQS::Queue',
  'Properties validation failed for resource Queue with message: #: extraneous key [Flavour] is not permitted: this endpoint does not serve that property of AWS::SQS::Queue',
  'Properties validation failed for resource Snake with message: #/Runtime: java21 is not served by this endpoint: Node.js from nodejs16.x to nodejs24.x is, and Python',
  'Properties validation failed for resource Mount with message: #: extraneous key [FileSystemConfigs] is not permitted: this endpoint does not serve that property of AWS::Lambda::Function',
];

test('all that a template has and nobody serves is refused together, before anything is made', async () => {
  const { cloudformation } = await startEndpoint();
  const input = { StackName: 's', TemplateBody: JSON.stringify(template) };
  const expected = { name: 'ValidationError', message: refusals.join('\n') };
  await expect(cloudformation.createStack(input)).rejects.toMatchObject(expected);
  const changeSet = { ...input, ChangeSetName: 'c', ChangeSetType: 'CREATE' as const };
  await expect(cloudformation.createChangeSet(changeSet)).rejects.toMatchObject(expected);
  await expect(cloudformation.describeStacks({ StackName: 's' })).rejects.toThrow('does not exist');
});

test('what is only recorded says so in the events', async () => {
  const { cloudformation, createStack } = await startEndpoint();
  const Resources = {
    Dashboard: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{}' } },
    Group: { Type: 'AWS::Logs::LogGroup' },
    Filter: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: { LogGroupName: { Ref: 'Group' }, FilterPattern: 'ERROR', MetricTransformations: [] },
    },
    InNetwork: {
      Type: 'AWS::Lambda::Function',
      Properties: { ...handler, Runtime: 'nodejs24.x', VpcConfig: { SubnetIds: ['s'], SecurityGroupIds: ['g'] } },
    },
  };
  const Outputs = { Blocks: { Value: { 'Fn::Join': [' ', { 'Fn::Cidr': ['10.0.0.0/16', 2, '8'] }] } } };
  const made = await createStack('s', { TemplateBody: JSON.stringify({ Resources, Outputs }) });
  expect(made).toEqual({ status: 'CREATE_COMPLETE', Blocks: '10.0.0.0/24 10.0.1.0/24' });
  const { StackEvents = [] } = await cloudformation.describeStackEvents({ StackName: 's' });
  const noted = StackEvents.filter(({ ResourceStatusReason = '' }) => /^Recorded only/.test(ResourceStatusReason));
  expect(noted.map(({ LogicalResourceId }) => LogicalResourceId).sort()).toEqual(['Dashboard', 'Filter', 'InNetwork']);
});
