import { zipOf } from '../services/lambda/function/zip.fixture.ts';
import {
  filterPolicy,
  functionArn,
  otherTemplate,
  policy,
  queue,
  redrive,
  role,
  template,
  topic,
  trust,
} from './lexicon.fixture.ts';

/** Makes what generated requests then find by the names of the lexicon; what is still there stays as it is. */
export function worldOf(endpoint: string): readonly (readonly [operation: string, input: unknown])[] {
  const QueueUrl = `${endpoint}/000000000000/fz`;
  return [
    ['iam:CreateRole', { RoleName: 'fz', AssumeRolePolicyDocument: trust }],
    ['iam:CreatePolicy', { PolicyName: 'fz', PolicyDocument: policy }],
    ['sqs:CreateQueue', { QueueName: 'fz' }],
    ['sqs:CreateQueue', { QueueName: 'fz.fifo', Attributes: { FifoQueue: 'true' } }],
    ['sqs:CreateQueue', { QueueName: 'fz-spare' }],
    ['sqs:SendMessage', { QueueUrl, MessageBody: 'a' }],
    ['sns:CreateTopic', { Name: 'fz' }],
    ['sns:CreateTopic', { Name: 'fz.fifo', Attributes: { FifoTopic: 'true' } }],
    [
      'sns:Subscribe',
      { TopicArn: topic, Protocol: 'sqs', Endpoint: queue, Attributes: { FilterPolicy: filterPolicy } },
    ],
    [
      'dynamodb:CreateTable',
      {
        TableName: 'fz-table',
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [
          { AttributeName: 'id', AttributeType: 'S' },
          { AttributeName: 'a', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-a',
            KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      },
    ],
    ['dynamodb:PutItem', { TableName: 'fz-table', Item: { id: { S: 'fz' }, a: { S: 'a' }, l: { L: [{ N: '1' }] } } }],
    ['s3:CreateBucket', { Bucket: 'fz-bucket', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }],
    ['s3:PutObject', { Bucket: 'fz-bucket', Key: 'fz', Body: Buffer.from(template) }],
    [
      'lambda:CreateFunction',
      {
        FunctionName: 'fz',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: role,
        Code: { ZipFile: zipOf('export const handler = () => 1') },
      },
    ],
    // Whoever invokes it is throttled: no test of inputs needs the processes.
    ['lambda:PutFunctionConcurrency', { FunctionName: 'fz', ReservedConcurrentExecutions: 0 }],
    ['lambda:PublishVersion', { FunctionName: 'fz' }],
    ['lambda:CreateAlias', { FunctionName: 'fz', Name: 'live', FunctionVersion: '1' }],
    ['logs:CreateLogGroup', { logGroupName: '/fz' }],
    ['logs:CreateLogStream', { logGroupName: '/fz', logStreamName: 'fz' }],
    [
      'logs:PutLogEvents',
      {
        logGroupName: '/fz',
        logStreamName: 'fz',
        logEvents: [{ timestamp: Date.now(), message: '{"level":"error"}' }],
      },
    ],
    ['events:CreateEventBus', { Name: 'fz' }],
    ['events:PutRule', { Name: 'fz', EventPattern: '{"source":["fz"]}' }],
    ['events:PutTargets', { Rule: 'fz', Targets: [{ Id: 'fz', Arn: queue }] }],
    ['events:PutRule', { Name: 'live', EventPattern: '{"source":["fz"]}' }],
    ['events:PutTargets', { Rule: 'live', Targets: [{ Id: 'fz', Arn: functionArn }] }],
    ['secretsmanager:CreateSecret', { Name: 'fz', SecretString: '{"a":"b"}' }],
    ['ssm:PutParameter', { Name: '/fz', Value: 'a', Type: 'String' }],
    ['ssm:PutParameter', { Name: 'fz', Value: 'a', Type: 'String' }],
    ['lambda:AddPermission', { FunctionName: 'fz', StatementId: 'fz', Action: 'lambda:*', Principal: '*' }],
    ['iam:PutRolePolicy', { RoleName: 'fz', PolicyName: 'fz', PolicyDocument: policy }],
    ['sqs:CreateQueue', { QueueName: 'fz-dead' }],
    ['sqs:SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy: redrive } }],
    ['cloudformation:CreateStack', { StackName: 'fz', TemplateBody: template }],
    ['cloudformation:CreateChangeSet', { StackName: 'fz', ChangeSetName: 'fz', TemplateBody: otherTemplate }],
  ];
}

/** Asks for texts that the endpoint makes up, by the members of requests that want them. One asked for twice has two of them. */
export const questions: readonly (readonly [
  operation: string,
  input: unknown,
  answers: Readonly<Record<string, RegExp>>,
])[] = [
  [
    'sqs:ReceiveMessage',
    { QueueUrl: '/000000000000/fz', VisibilityTimeout: 0 },
    { ReceiptHandle: /"ReceiptHandle":"([^"]+)"/ },
  ],
  ['s3:CreateMultipartUpload', { Bucket: 'fz-bucket', Key: 'fz' }, { UploadId: /<UploadId>([^<]+)/ }],
  [
    'lambda:CreateEventSourceMapping',
    { FunctionName: 'fz', EventSourceArn: queue, Enabled: false },
    { UUID: /"UUID":"([^"]+)"/ },
  ],
  ['cloudformation:DetectStackDrift', { StackName: 'fz' }, { StackDriftDetectionId: /<StackDriftDetectionId>([^<]+)/ }],
  ['dynamodb:DescribeTable', { TableName: 'fz-table' }, { StreamArn: /"LatestStreamArn":"([^"]+)"/ }],
  [
    'sns:Subscribe',
    { TopicArn: topic, Protocol: 'lambda', Endpoint: functionArn },
    { SubscriptionArn: /<SubscriptionArn>([^<]+)/ },
  ],
  ...Array.from({ length: 3 }, (_, n): (typeof questions)[number][] => [
    ['apigatewayv2:CreateApi', { Name: `fz-${n}`, ProtocolType: 'HTTP' }, { ApiId: /"apiId":"([^"]+)"/ }],
    [
      'apigateway:CreateRestApi',
      { name: `fz-${n}` },
      { restApiId: /"id":"([^"]+)"/, resourceId: /"rootResourceId":"([^"]+)"/ },
    ],
  ]).flat(),
];
