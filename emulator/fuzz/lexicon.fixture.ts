import { gzipSync } from 'node:zlib';
import { zipOf } from '../services/lambda/function/zip.fixture.ts';
import type { Lexicon } from './arbitrary.fixture.ts';
import { templates } from './templates.fixture.ts';

const account = '000000000000';
const arnOf = (service: string, resource: string, region = 'eu-west-1') =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

export const role = arnOf('iam', 'role/fz', '');
export const tableArn = arnOf('dynamodb', 'table/fz-table');
export const functionArn = arnOf('lambda', 'function:fz');
export const queue = arnOf('sqs', 'fz');
const fifo = arnOf('sqs', 'fz.fifo');
const rule = arnOf('events', 'rule/fz');
export const topic = arnOf('sns', 'fz');
const fifoTopic = arnOf('sns', 'fz.fifo');
export const filterPolicy = JSON.stringify({ a: ['b', { prefix: 'c' }, { numeric: ['>', 1] }] });
/** Where a REST API's integration leads to the function. */
export const functionUri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

export const redrive = JSON.stringify({ deadLetterTargetArn: arnOf('sqs', 'fz-dead'), maxReceiveCount: 5 });

export const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
export const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
});
const resourcePolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'fz', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});
export const template = JSON.stringify({
  Parameters: { P: { Type: 'String', Default: 'a' } },
  Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] } },
  Resources: { Q: { Type: 'AWS::SQS::Queue', Condition: 'C', Properties: {} } },
  Outputs: { O: { Value: { Ref: 'P' }, Export: { Name: 'fz' } } },
});

export const otherTemplate = JSON.stringify({
  Resources: {
    R: { Type: 'AWS::SQS::Queue' },
    S: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'a' } },
  },
});

const filter = '{ $.level = "error" && ($.n > 3 || $.a[0] EXISTS) }';
const policies = [policy, trust, resourcePolicy, '{"Version":"2012-10-17","Statement":5}', '[1]', 'null'];
const lambdaNames = ['fz', 'fz', functionArn, `${functionArn}:live`, 'fz:live', 'fz:1'];
const patterns = [
  '{"source":["fz"]}',
  '{"source":[{"prefix":"f"},{"anything-but":["x"]},{"numeric":[">",1]},{"exists":true}]}',
  '{"source":[{"prefix":null}]}',
  '{"source":[{"numeric":[">"]}]}',
  '{"source":[{"numeric":null}]}',
  '{"source":[{"anything-but":null}]}',
  '{"source":[{"wildcard":5}]}',
  '{"source":[{"cidr":"10.0.0.0/99"}]}',
  '{"source":[null]}',
  '{"source":[]}',
  '{"$or":[{"source":["a"]},null]}',
  '{"$or":null}',
  '{"source":null}',
];
const settingNames = [
  '0',
  '1',
  '30',
  '60',
  '3600',
  '262144',
  'true',
  'false',
  resourcePolicy,
  '{"maxReceiveCount":"3"}',
  '{}',
];

/** Words of AWS by the end of a member's name: the first that fits is used. */
const byMember = (endpoint: string): readonly (readonly [RegExp, readonly string[]])[] => [
  [/^QueueUrl$/, [`${endpoint}/${account}/fz`, `${endpoint}/${account}/fz`, `${endpoint}/${account}/fz.fifo`]],
  [/^QueueName$/, ['fz', 'fz.fifo', 'other']],
  [/^(AttributeNames|Attributes\.key|AttributeName|MessageSystemAttributeNames)$/, attributes],
  [/^Attributes$/, [...settingNames, queue, filterPolicy]],
  [/^TopicArn$/, [topic, topic, fifoTopic]],
  [/^Protocol$/, ['sqs', 'lambda', 'email', 'x']],
  [/^(Endpoint|AttributeValue)$/, [queue, functionArn, 'a@example.com', filterPolicy, 'true']],
  [/^ProtocolType$/, ['HTTP']],
  [/^RouteKey$/, ['$default', 'GET /a', 'ANY /{p+}', 'GET /{p']],
  [/^IntegrationType$/, ['AWS_PROXY']],
  [/^(IntegrationUri|AuthorizerUri|authorizerUri|uri)$/, [functionArn, functionUri]],
  [/^(httpMethod|integrationHttpMethod|IntegrationMethod)$/, ['GET', 'POST', 'ANY']],
  [/^pathPart$/, ['a', '{p}', '{p+}', '{']],
  [/^(stageName|StageName)$/, ['fz', '$default']],
  [/^type$/, ['AWS_PROXY', 'MOCK', 'TOKEN', 'REQUEST']],
  [/^(authorizationType|AuthorizationType)$/, ['NONE', 'CUSTOM', 'AWS_IAM']],
  [/^op$/, ['replace', 'add', 'remove']],
  [/^path$/, ['/name', '/description', '/variables/a', '/binaryMediaTypes/a~1b', '/']],
  [/^Tagging$/, ['a=b', 'a=%zz']],
  [/^CopySourceRange$/, ['bytes=0-0', 'bytes=5-']],
  [/^Allowed(Origins|Headers)$/, ['*', 'https://*.example', '**']],
  [/^AllowedMethods$/, ['GET', 'PATCH']],
  [/^DataType$/, ['String', 'Number', 'Binary', 'String.x', 'Number.', 'StringList']],
  [/^TableName$|^RequestItems\.key$|^TableNames$/, ['fz-table', 'fz-table', 'fz-table', tableArn]],
  [/^IndexName$/, ['by-a']],
  [/^(Key|Item|ExclusiveStartKey|Keys|LastEvaluatedKey)\.key$/, ['id', 'id', 'a']],
  [/^(ExpressionAttributeValues)\.key$/, [':a', ':b']],
  [/^(ExpressionAttributeNames)\.key$/, ['#a']],
  [/^ExpressionAttributeNames$/, ['a', 'id']],
  [
    /^UpdateExpression$/,
    ['SET a = :a', 'REMOVE a', 'ADD n :a', 'DELETE s :a', 'SET a[5] = :a', 'SET #a = if_not_exists(a, :a)'],
  ],
  [/^KeyConditionExpression$/, ['id = :a', '#a = :a', 'id = :a AND begins_with(a, :b)']],
  [
    /(Condition|Filter)Expression$/,
    ['attribute_exists(id)', 'a = :a', 'size(a) > :a', 'contains(a, :a)', 'NOT (a IN (:a))'],
  ],
  [/^(ProjectionExpression|AttributesToGet)$/, ['id', 'a', 'a[0].b', '#a']],
  [
    /^(ReturnValues|ReturnConsumedCapacity|ReturnItemCollectionMetrics|Select|ReturnValuesOnConditionCheckFailure)$/,
    returns,
  ],
  [/^(KeyType|AttributeType|BillingMode|ProjectionType|StreamViewType|ComparisonOperator|Action)$/, dynamoWords],
  [/^S$/, ['fz', 'a', '']],
  [/^N$|^NS$/, ['1', '1e125', '1e126', '0.1']],
  [/^FunctionName$|^Resource$/, lambdaNames],
  [/^(Qualifier|FunctionVersion|Version)$/, ['$LATEST', '1', 'live']],
  [/^Runtime$/, ['nodejs24.x', 'nodejs22.x', 'python3.13']],
  [/^Handler$/, ['index.handler']],
  [/^RoleName$/, ['fz', 'fz', 'other']],
  [/^(Role|RoleArn)$/, [role]],
  [
    /^(PolicyArn|PermissionsBoundary)$/,
    ['arn:aws:iam::000000000000:policy/fz', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
  ],
  [/^(PolicyName|VersionId)$/, ['fz', 'v1']],
  [/^AssumeRolePolicyDocument$/, [trust, trust, ...policies]],
  [/^(PolicyDocument|Policy|ResourcePolicy)$/, policies],
  [/^(Architectures|PackageType|LogType|InvocationType|AuthType|InvokeMode|Mode|LogFormat)$/, lambdaWords],
  [/^EventSourceArn$/, [queue, fifo]],
  [/^(Destination|destinationArn|Arn|TargetArn)$/, [queue, functionArn]],
  [/^DestinationArn$/, [fifo, queue]],
  [/^Actions$/, ['SendMessage', '*']],
  [/^AWSAccountIds$/, [account]],
  [/^Id$/, ['a', 'b', 'fz']],
  [/^DeleteObjects$/, ['fz']],
  [/^StatementId$/, ['fz']],
  [/^Principal$/, ['*', 'events.amazonaws.com', account]],
  [/^ExpectedBucketOwner$|^ExpectedSourceBucketOwner$/, [account]],
  [/^Bucket$|^S3Bucket$/, ['fz-bucket']],
  [/^(Key|S3Key|Keys)$/, ['fz', 'a/b', 'é%20']],
  [/^CopySource$/, ['fz-bucket/fz', '/fz-bucket/fz?versionId=a', 'fz-bucket%2Ffz', '%(%', 'fz-bucket/%E0%A4%A']],
  [/^Range$/, ['bytes=0-0', 'bytes=-5', 'bytes=5-', 'bytes=9-1', 'bytes=0-0,2-3', 'lines=1']],
  [/^(Checksum\w+|ContentMD5|SSECustomer\w+)$/, ['AAAAAA==', 'a']],
  [/^ChecksumAlgorithm$/, ['CRC32', 'CRC32C', 'SHA1', 'SHA256', 'CRC64NVME', 'x']],
  [/^(IfMatch|IfNoneMatch|ETag)$/, ['*', '"a"', 'a']],
  [/^Status$/, ['Enabled', 'Suspended', 'Disabled']],
  [/^(EncodingType)$/, ['url']],
  [/^(logGroupName|logGroupIdentifier|logGroupNamePrefix)$/, ['/fz', '/fz', arnOf('logs', 'log-group:/fz')]],
  [/^(logStreamName|logStreamNames|logStreamNamePrefix)$/, ['fz']],
  [/^resourceArn$/, [arnOf('logs', 'log-group:/fz')]],
  [/^filterPattern$/, [filter, 'a -b ?c', '[a, b=5, ...]', '%a+%', '{ $.a', '{ $.a = * }', '"']],
  [/^filterName$/, ['fz']],
  [/^EventPattern$/, patterns],
  [
    /^Event$/,
    ['{"id":"1","source":"fz","account":"a","time":"t","region":"r","resources":[],"detail-type":"d","detail":{}}'],
  ],
  [/^EventBusName$/, ['fz', 'default']],
  [/^(Name|NamePrefix|Rule|Names)$/, ['fz', 'fz', '/fz', 'default', 'live']],
  [
    /^ScheduleExpression$/,
    ['rate(5 minutes)', 'cron(0 12 * * ? *)', 'cron(0 0 31 2 ? *)', 'rate(0 minutes)', 'rate(1e9 days)', 'cron(* *)'],
  ],
  [/^State$/, ['ENABLED', 'DISABLED']],
  [/^(Detail|Input)$/, ['{}', '{"a":[1]}', '5']],
  [/^(InputPath|InputPathsMap)$/, ['$', '$.detail', '$.a[0]', '$.a[', '$..a']],
  [/^InputTemplate$/, ['"<a>"', '{"a":<a>}', '<', '<aws.events.event>']],
  [/^(Source|DetailType)$/, ['fz']],
  [/^(Time)$/, ['2026-01-01T00:00:00Z']],
  [/^(SecretId|SecretIdList)$/, ['fz', 'fz', arnOf('secretsmanager', 'secret:fz')]],
  [/^(VersionStage|VersionStages)$/, ['AWSCURRENT', 'AWSPREVIOUS', 'x']],
  [/^(ClientRequestToken|RotationToken|MoveToVersionId|RemoveFromVersionId)$/, ['x'.repeat(32)]],
  [/^SecretString$/, ['a', '{"a":"b"}']],
  [
    /^(Type|Tier|Filters|Values|Option)$/,
    ['String', 'SecureString', 'StringList', 'Standard', 'Equals', 'Name', 'BeginsWith'],
  ],
  [/^Path$/, ['/', '/fz/']],
  [/^PathPrefix$/, ['/']],
  [/^(ResourceId|ResourceArn|ResourceARN|SourceArn)$/, ['/fz', 'fz', tableArn, functionArn, queue, rule]],
  [/^ResourceType$/, ['Parameter']],
  [/^(StackName)$/, ['fz', 'fz', 'fz', 'other']],
  [/^(ChangeSetName)$/, ['fz']],
  [/^ChangeSetType$/, ['CREATE', 'UPDATE', 'IMPORT']],
  [/^TemplateBody$/, [...Array<string>(templates.length).fill(template), otherTemplate, ...templates]],
  [/^TemplateURL$/, [`${endpoint}/fz-bucket/fz`, `${endpoint}/fz-bucket/template`, `${endpoint}/%zz/%`, 'http://[']],
  [/^TemplateStage$/, ['Original', 'Processed']],
  [/^(Capabilities)$/, ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND']],
  [/^(ParameterKey|LogicalResourceId|ExportName)$/, ['P', 'Q', 'fz']],
  [/^(StackStatusFilter|OnFailure|OnStackFailure)$/, ['CREATE_COMPLETE', 'DELETE', 'DO_NOTHING', 'ROLLBACK']],
  [/^(TagKeys|Tags\.key|tags\.key)$/, ['a', 'aws:a']],
  [/^(Marker|NextToken|nextToken|ContinuationToken|StartAfter|LastEvaluated\w+)$/, ['YWZ0ZXI6Zno', 'after:fz', 'a']],
];

const attributes = [
  'All',
  'VisibilityTimeout',
  'DelaySeconds',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'Policy',
  'FifoQueue',
  'ContentBasedDeduplication',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'KmsMasterKeyId',
];
const returns = ['ALL_OLD', 'NONE', 'TOTAL', 'INDEXES', 'SIZE', 'ALL_NEW', 'UPDATED_NEW', 'COUNT', 'ALL_ATTRIBUTES'];
const dynamoWords = [
  'lambda:InvokeFunction',
  'HASH',
  'RANGE',
  'S',
  'N',
  'PAY_PER_REQUEST',
  'PROVISIONED',
  'ALL',
  'INCLUDE',
  'EQ',
  'PUT',
  'ADD',
];
const lambdaWords = [
  'x86_64',
  'arm64',
  'Zip',
  'Tail',
  'Event',
  'DryRun',
  'NONE',
  'AWS_IAM',
  'BUFFERED',
  'Active',
  'JSON',
];

/**
 * Members by which a request would wait; they get what is answered at once. What waits for work in the background is answered
 * when its patience ends, which other tests hold.
 */
const waits = /^(WaitTimeSeconds)$/;

const wanted = new Set([
  ...['TemplateBody', 'StackName', 'ZipFile', 'Runtime', 'Handler', 'KeySchema', 'AttributeDefinitions', 'BillingMode'],
  ...['Keys', 'KeyConditionExpression', 'UpdateExpression', 'PutRequest', 'Put', 'Get', 'EventPattern', 'logGroupName'],
  ...['EventSourceArn', 'Attributes', 'Tags', 'SecretString', 'Entries', 'ChangeSetName', 'Expiration', 'Status', 'ID'],
  ...['ParameterVersion', 'MultipartUpload', 'Parts', 'PartNumber', 'ETag', 'Policy', 'LifecycleConfiguration'],
]);

/**
 * Texts, numbers and bytes by which generated requests get to what stands in the world of the test; `known` are texts that
 * the endpoint made up, by the members that want them.
 */
export function lexiconFor(endpoint: string, known: Readonly<Record<string, readonly string[]>>): Lexicon {
  const table = byMember(endpoint);
  return {
    texts: (member) => known[member] ?? table.find(([pattern]) => pattern.test(member))?.[1] ?? [],
    numbers: (member) => (waits.test(member) ? [0, -1, 1.5, 21, Number.NaN] : undefined),
    wanted: wanted,
    bytes: [zipOf('export const handler = () => 1'), zipOf({}), gzipSync('a'), Buffer.from('a'), Buffer.from('{}')],
  };
}
