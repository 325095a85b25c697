const allow = (Action: readonly string[], Resource = '*'): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * What the managed policies of AWS say that functions and deployments are commonly given, by ARN.
 * Source: AWS Managed Policy Reference Guide. Others can be attached too; their contents are not known here.
 */
export const awsManagedPolicies: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AdministratorAccess: allow(['*']),
    AWSXRayDaemonWriteAccess: allow([
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:GetSamplingStatisticSummaries',
    ]),
    'service-role/AWSLambdaBasicExecutionRole': allow(writeLogs),
    'service-role/AWSLambdaSQSQueueExecutionRole': allow([
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      ...writeLogs,
    ]),
    'service-role/AWSLambdaDynamoDBExecutionRole': allow([
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      ...writeLogs,
    ]),
  }).map(([name, document]) => [`arn:aws:iam::aws:policy/${name}`, document]),
);
