const allow = (Action: readonly string[], Resource = '*'): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * What the managed policies of AWS say that functions and deployments are commonly given, by ARN.
 * Source: AWS Managed Policy Reference Guide; those of whole services are told by their main actions. Others can be attached too;
 * their contents are not known here.
 */
export const awsManagedPolicies: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AdministratorAccess: allow(['*']),
    AmazonDynamoDBFullAccess: allow(['dynamodb:*', 'dax:*', 'application-autoscaling:*']),
    AmazonDynamoDBReadOnlyAccess: allow([
      ...['dynamodb:BatchGetItem', 'dynamodb:Describe*', 'dynamodb:List*', 'dynamodb:GetItem', 'dynamodb:GetRecords'],
      ...['dynamodb:GetShardIterator', 'dynamodb:GetResourcePolicy', 'dynamodb:Query', 'dynamodb:Scan'],
      'dynamodb:PartiQLSelect',
    ]),
    AmazonEventBridgeFullAccess: allow(['events:*', 'schemas:*', 'scheduler:*']),
    AmazonS3FullAccess: allow(['s3:*', 's3-object-lambda:*']),
    AmazonS3ReadOnlyAccess: allow([
      ...['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
    ]),
    AmazonSNSFullAccess: allow(['sns:*']),
    AmazonSNSReadOnlyAccess: allow(['sns:GetTopicAttributes', 'sns:List*', 'sns:CheckIfPhoneNumberIsOptedOut']),
    AmazonSQSFullAccess: allow(['sqs:*']),
    AmazonSQSReadOnlyAccess: allow([
      ...['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListDeadLetterSourceQueues', 'sqs:ListQueues'],
      ...['sqs:ListMessageMoveTasks', 'sqs:ListQueueTags'],
    ]),
    AmazonSSMReadOnlyAccess: allow(['ssm:Describe*', 'ssm:Get*', 'ssm:List*']),
    AWSLambda_FullAccess: allow(['lambda:*', 'logs:*', 'iam:PassRole', 'xray:*']),
    AWSLambda_ReadOnlyAccess: allow(['lambda:Get*', 'lambda:List*', 'logs:Describe*', 'logs:FilterLogEvents']),
    CloudWatchLambdaInsightsExecutionRolePolicy: allow(writeLogs, 'arn:aws:logs:*:*:log-group:/aws/lambda-insights:*'),
    CloudWatchLogsFullAccess: allow(['logs:*', 'cloudwatch:GenerateQuery']),
    SecretsManagerReadWrite: allow(['secretsmanager:*', 'kms:DescribeKey', 'kms:ListAliases', 'tag:GetResources']),
    AWSXRayDaemonWriteAccess: allow([
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:GetSamplingStatisticSummaries',
    ]),
    'service-role/AmazonAPIGatewayPushToCloudWatchLogs': allow([
      ...writeLogs,
      ...['logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:FilterLogEvents'],
    ]),
    'service-role/AWSCodeDeployRoleForLambdaLimited': allow([
      ...['cloudwatch:DescribeAlarms', 'lambda:UpdateAlias', 'lambda:GetAlias'],
      ...['lambda:GetProvisionedConcurrencyConfig', 'sns:Publish'],
    ]),
    'service-role/AWSLambdaBasicExecutionRole': allow(writeLogs),
    'service-role/AWSLambdaKinesisExecutionRole': allow([
      ...['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords'],
      ...['kinesis:GetShardIterator', 'kinesis:ListShards', 'kinesis:ListStreams', 'kinesis:SubscribeToShard'],
      ...writeLogs,
    ]),
    'service-role/AWSLambdaRole': allow(['lambda:InvokeFunction']),
    'service-role/AWSLambdaVPCAccessExecutionRole': allow([
      ...writeLogs,
      ...['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
      ...['ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
    ]),
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
