import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { analyticsEnv } from '../functions/analytics/contract.ts';
import { bakingEnv } from '../functions/baking/contract.ts';
import { cleanupEnv } from '../functions/cleanup/contract.ts';
import { bakeWork } from '../functions/domain/contract.ts';
import { metricsEnv } from '../functions/metrics/contract.ts';
import { orderingEnv } from '../functions/ordering/contract.ts';
import { addStage } from './stages.ts';
import { appOverPlaceholders, placeholders, templateOf } from './synthesis.fixture.ts';

const app = appOverPlaceholders();
addStage(app, 'AnotherStage', 'Factor12', placeholders());
const template = templateOf(app, 'Factor12/Prod');

const statement = z.object({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]).transform((action) => [action].flat()),
  Resource: z.unknown().transform((resource) => [resource].flat()),
});
const policy = z.object({
  Properties: z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) }),
});
const lambdaFunction = z.object({
  Properties: z.object({
    Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
    LoggingConfig: z.object({ LogGroup: z.object({ Ref: z.string() }) }),
    Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
  }),
});
const timedFunction = z.object({ Properties: z.looseObject({ Timeout: z.number() }) });
const resource = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });

/** The resources of a type whose logical id starts with a construct's path. */
function findOf<T>(type: string, construct: string, shape: z.ZodType<T>): T[] {
  return Object.entries(template.findResources(type))
    .filter(([id]) => id.startsWith(construct))
    .map(([, found]) => shape.parse(found));
}

/** What a function's role may do, but for writing its log: action by action, so that a grant too many shows up. */
function actionsOf(construct: string): string[] {
  return findOf('AWS::IAM::Policy', construct, policy)
    .flatMap((found) => found.Properties.PolicyDocument.Statement)
    .flatMap((found) => found.Action)
    .filter((action) => !action.startsWith('logs:'))
    .sort();
}

const namedWithinAnother = ['AWS::IAM::Policy', 'AWS::Lambda::Alias', 'AWS::Logs::SubscriptionFilter'];

/** What every process is told, whatever it does. */
const processVariables = ['LANG', 'RELEASE', 'TZ'];

const functions = [
  {
    construct: 'Ordering',
    variables: orderingEnv,
    actions: [
      ...['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      'ssm:GetParameter',
      'sqs:SendMessage',
    ],
  },
  {
    construct: 'Baking',
    variables: bakingEnv,
    actions: [
      'dynamodb:UpdateItem',
      'secretsmanager:GetSecretValue',
      'ssm:GetParameter',
      ...['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    ],
  },
  {
    construct: 'Cleanup',
    variables: cleanupEnv,
    actions: ['dynamodb:DeleteItem', 'dynamodb:Scan', 'dynamodb:UpdateItem', 'sqs:SendMessage'],
  },
  { construct: 'Metrics', variables: metricsEnv, actions: ['dynamodb:Scan'] },
  { construct: 'Analytics', variables: analyticsEnv, actions: ['dynamodb:BatchWriteItem'] },
];

describe.each(functions)('$construct', ({ construct, variables, actions }) => {
  const [found] = findOf('AWS::Lambda::Function', construct, lambdaFunction);

  test('is given the variables of its contract and no others', () => {
    const given = Object.keys(found?.Properties.Environment.Variables ?? {});
    const own = given.filter((name) => !name.startsWith('POWERTOOLS_') && !processVariables.includes(name));
    const contract = Object.values(variables).filter((name) => !processVariables.includes(name));
    expect(own.sort()).toEqual(contract.sort());
  });

  test('may do what its code does and nothing else', () => {
    expect(actionsOf(construct)).toEqual(actions.sort());
  });

  test('has a log group and a role of its own', () => {
    expect(found?.Properties.LoggingConfig.LogGroup.Ref).toMatch(new RegExp(`^${construct}Logs`));
    expect(found?.Properties.Role['Fn::GetAtt'][0]).toMatch(new RegExp(`^${construct}Role`));
  });
});

test('runs every function on the same Node and architecture', () => {
  template.resourceCountIs('AWS::Lambda::Function', functions.length);
  template.allResourcesProperties('AWS::Lambda::Function', {
    Runtime: 'nodejs24.x',
    Architectures: ['x86_64'],
    Handler: 'index.handler',
  });
});

test('keeps every log for a week, in groups that go with the stack', () => {
  template.resourceCountIs('AWS::Logs::LogGroup', functions.length);
  template.allResources('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 7 },
    DeletionPolicy: 'Delete',
  });
});

test('gives no role a managed policy', () => {
  template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});

test('allows nothing on every resource, and no action by wildcard', () => {
  const wildcards = findOf('AWS::IAM::Policy', '', policy)
    .flatMap((found) => found.Properties.PolicyDocument.Statement)
    .filter((found) => found.Effect === 'Allow')
    .flatMap((found) => [...found.Action, ...found.Resource])
    .filter((value) => JSON.stringify(value).includes('*'));
  expect(wildcards).toEqual([]);
});

test('leaves cleaning orders to cleanup: they have no time to live', () => {
  template.hasResourceProperties('AWS::DynamoDB::Table', {
    GlobalSecondaryIndexes: [Match.objectLike({ IndexName: 'byCustomer' })],
    TimeToLiveSpecification: Match.absent(),
  });
});

test('keeps an order for a day or longer, and so the answer to its idempotency key', () => {
  const [cleanup] = findOf('AWS::Lambda::Function', 'Cleanup', lambdaFunction);
  const { [cleanupEnv.keepBakedMinutes]: keepBaked, [cleanupEnv.expireMinutes]: expire } =
    cleanup?.Properties.Environment.Variables ?? {};
  expect(Math.min(Number(keepBaked), Number(expire))).toBeGreaterThanOrEqual(24 * 60);
});

test('has one table for orders and one for satisfaction', () => {
  template.resourceCountIs('AWS::DynamoDB::Table', 2);
});

test('hands out messages in batches that fit the time there is, and puts aside what cannot be baked', () => {
  const { batchSize, functionTimeoutSeconds, maxReceiveCount, ovenPlaces, visibilityTimeoutSeconds } = bakeWork;
  const [baking] = findOf('AWS::Lambda::Function', 'Baking', timedFunction);
  expect(baking?.Properties).toMatchObject({
    Timeout: functionTimeoutSeconds,
    Environment: { Variables: { OVEN_CAPACITY: String(ovenPlaces) } },
  });
  template.hasResourceProperties('AWS::SQS::Queue', {
    VisibilityTimeout: visibilityTimeoutSeconds,
    RedrivePolicy: { maxReceiveCount, deadLetterTargetArn: Match.anyValue() },
  });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: batchSize,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

test('raises an alarm while there is a dead letter', () => {
  const deadLetters = Object.keys(
    template.findResources('AWS::SQS::Queue', { Properties: { RedrivePolicy: Match.absent() } }),
  );
  expect(deadLetters).toHaveLength(1);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [deadLetters[0], 'QueueName'] } }],
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0,
  });
});

test('opens the URL of ordering with both permissions it needs', () => {
  template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE' });
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunctionUrl',
    FunctionUrlAuthType: 'NONE',
  });
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    InvokedViaFunctionUrl: true,
  });
});

test('runs what the parameter of a function names, and by default what was published last', () => {
  expect(
    Object.keys(template.findParameters('*'))
      .filter((name) => name.endsWith('Version'))
      .sort(),
  ).toEqual([...functions.map(({ construct }) => `${construct}Version`), 'BootstrapVersion'].sort());
  template.resourceCountIs('AWS::Lambda::Alias', functions.length);
  template.allResources('AWS::Lambda::Version', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  template.hasResourceProperties('AWS::Lambda::Alias', {
    Name: 'live',
    FunctionVersion: { 'Fn::If': [Match.anyValue(), { Ref: 'OrderingVersion' }, Match.anyValue()] },
  });
});

test('streams the log of who bakes to analytics, and not its own', () => {
  const groups = Object.values(template.findResources('AWS::Logs::SubscriptionFilter')).map(({ Properties }) =>
    String(Properties.LogGroupName.Ref).replace(/Logs.*/, ''),
  );
  expect(groups.sort()).toEqual(['Baking']);
});

test('starts cleanup every five minutes, by a rule', () => {
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)' });
});

test('opens the recipe book with the recipes of the house', () => {
  template.hasResourceProperties('AWS::SSM::Parameter', { Type: 'String', Value: '[{"name":"placeholder"}]' });
});

test('names no resource: CloudFormation does', () => {
  const named = Object.entries(z.record(z.string(), resource).parse(template.toJSON()['Resources']))
    // A name within a role or a function must be spelled out, and a subscription filter says whose log it is about.
    .filter(([, { Type }]) => !namedWithinAnother.includes(Type))
    .flatMap(([id, { Type, Properties }]) => {
      const kind = Type.split('::').at(-1) ?? '';
      const nameProperties = ['Name', `${kind}Name`, 'LogGroupName'];
      // A permission and a mapping say by `FunctionName` which function they are about.
      return nameProperties.filter((name) => name in Properties).map((name) => `${id}.${name}`);
    });
  expect(named).toEqual([]);
});

test('has nothing of the name of its stage, so that the templates of two snapshots can be compared', () => {
  expect(templateOf(app, 'AnotherStage/Prod').toJSON()).toEqual(template.toJSON());
});

test('says what it deployed', () => {
  const outputs = Object.keys(template.findOutputs('*'));
  expect(outputs.sort()).toEqual([
    'AnalyticsFunction',
    'BakeDeadLetterQueueUrl',
    'BakeQueueUrl',
    'BakingFunction',
    'CleanupFunction',
    'MetricsFunction',
    'MetricsUrl',
    'OrderTable',
    'OrderingFunction',
    'OrderingUrl',
    'OvenTimeParameter',
    'RecipeBookParameter',
    'SatisfactionTable',
    'SupplierKeySecret',
  ]);
});
