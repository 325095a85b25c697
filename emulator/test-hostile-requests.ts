// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Fn::Sub.
import { authorization } from './test-gateway.ts';

/** A request, made by hand, for what no client would send. */
export interface WireCall {
  readonly path?: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface HostileRequest {
  readonly what: string;
  /** Made when it is needed: some are large. */
  readonly request: () => WireCall;
  /** What has to be there first. */
  readonly before?: readonly (() => WireCall)[];
  readonly status: number;
  /** What the answer says. */
  readonly says?: RegExp;
}

const TARGETS: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB_20120810',
  events: 'AWSEvents',
  logs: 'Logs_20140328',
  secretsmanager: 'secretsmanager',
  sqs: 'AmazonSQS',
  ssm: 'AmazonSSM',
};

/** A call in AWS JSON; a text goes out as it is. */
export const json = (service: string, operation: string, input: object | string): WireCall => ({
  headers: {
    authorization: authorization(service),
    'content-type':
      service === 'dynamodb' || service === 'sqs' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1',
    'x-amz-target': `${TARGETS[service]}.${operation}`,
  },
  body: typeof input === 'string' ? input : JSON.stringify(input),
});

const form = (service: string, body: string): WireCall => ({
  headers: { authorization: authorization(service), 'content-type': 'application/x-www-form-urlencoded' },
  body,
});

const query = (service: string, Action: string, parameters: Record<string, string>): WireCall =>
  form(service, new URLSearchParams({ Action, ...parameters }).toString());

export const cloudformation = (Action: string, parameters: Record<string, string>): WireCall =>
  query('cloudformation', Action, { Version: '2010-05-15', ...parameters });

export const s3 = (method: string, path: string, body: string | Buffer = ''): WireCall => ({
  method,
  path,
  headers: { authorization: authorization('s3') },
  body,
});

const cbor = (service: string, operation: string, body: Buffer): WireCall => ({
  path: `/service/x/operation/${operation}`,
  headers: {
    authorization: authorization(service),
    'smithy-protocol': 'rpc-v2-cbor',
    'content-type': 'application/cbor',
  },
  body,
});

const queue = { Type: 'AWS::SQS::Queue' };
const validate = (template: object | string) => () =>
  cloudformation('ValidateTemplate', {
    TemplateBody: typeof template === 'string' ? template : JSON.stringify(template),
  });
const create =
  (template: object, more: Record<string, string> = {}) =>
  () =>
    cloudformation('CreateStack', { StackName: 'hostile', TemplateBody: JSON.stringify(template), ...more });
const inS3 = (key: string, template: string) => [
  () => s3('PUT', '/hostile'),
  () => s3('PUT', `/hostile/${key}`, template),
];
const validateInS3 = (key: string) => () =>
  cloudformation('ValidateTemplate', { TemplateURL: `https://hostile.s3.amazonaws.com/${key}` });

/** A function of itself of itself, so many times. */
const nested = (levels: number, around: (inner: unknown) => unknown, inner: unknown): unknown =>
  levels === 0 ? inner : nested(levels - 1, around, around(inner));

const laughs = [
  'a0: &a0 x',
  ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`)}]`),
];
const chain = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`Q${i}`, { ...queue, DependsOn: `Q${i + 1}` }]));

const TableName = 'hostile';
const Key = { id: { S: '1' } };
const table = [
  () =>
    json('dynamodb', 'CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  () => json('dynamodb', 'PutItem', { TableName, Item: { ...Key, a: { L: [] } } }),
];
const update = (UpdateExpression: string) => () =>
  json('dynamodb', 'UpdateItem', { TableName, Key, UpdateExpression, ExpressionAttributeValues: { ':v': { S: 'v' } } });
const put = (more: object) => () => json('dynamodb', 'PutItem', { TableName, Item: Key, ...more });
const condition = (ConditionExpression: string) =>
  put({ ConditionExpression, ExpressionAttributeValues: { ':v': { S: 'v' } } });

const logGroup = (message: string) => [
  () => json('logs', 'CreateLogGroup', { logGroupName: 'hostile' }),
  () => json('logs', 'CreateLogStream', { logGroupName: 'hostile', logStreamName: 's' }),
  () =>
    json('logs', 'PutLogEvents', {
      logGroupName: 'hostile',
      logStreamName: 's',
      logEvents: [{ timestamp: Date.now(), message }],
    }),
];
const filter = (filterPattern: string) => () =>
  json('logs', 'FilterLogEvents', { logGroupName: 'hostile', filterPattern });
const testPattern =
  (EventPattern: string, source = 's') =>
  () =>
    json('events', 'TestEventPattern', {
      EventPattern,
      Event: JSON.stringify({
        id: '1',
        account: '1',
        source,
        time: 't',
        region: 'r',
        resources: [],
        'detail-type': 'd',
      }),
    });

/** Each is one way in which a request once kept everybody else waiting, or used up the stack. */
export const HOSTILE_REQUESTS: readonly HostileRequest[] = [
  { what: 'YAML aliases of aliases', request: validate(laughs.join('\n')), status: 400, says: /aliases/ },
  { what: 'a YAML alias within itself', request: validate('Resources: &a {Q: *a}'), status: 400, says: /alias/ },
  { what: 'YAML that nests', request: validate(`a: ${'['.repeat(50_000)}`), status: 400, says: /nests deeper/ },
  {
    what: 'JSON that nests, in a template',
    request: validate(`{"a":${'['.repeat(50_000)}`),
    status: 400,
    says: /nests deeper/,
  },
  { what: 'a template past 51,200 bytes', request: validate('x'.repeat(5_000_000)), status: 400, says: /51200/ },
  {
    what: 'a template past 1 MB',
    before: inS3('large', 'x'.repeat(5_000_000)),
    request: validateInS3('large'),
    status: 400,
    says: /1048576/,
  },
  {
    what: 'a megabyte of YAML',
    before: inS3('yaml', 'a: 1\nb: [1,2,3]\n---\n'.repeat(50_000)),
    request: validateInS3('yaml'),
    status: 400,
    says: /not well-formed/,
  },
  {
    what: 'a megabyte of YAML keys',
    before: inS3('keys', Array.from({ length: 80_000 }, (_, i) => `k${i}: 1`).join('\n')),
    request: validateInS3('keys'),
    status: 400,
    says: /Invalid template property/,
  },
  {
    what: 'a megabyte of braces in Fn::Sub',
    before: inS3(
      'sub',
      JSON.stringify({
        Resources: { Q: { ...queue, Properties: { QueueName: { 'Fn::Sub': '${'.repeat(500_000) } } } },
      }),
    ),
    request: validateInS3('sub'),
    status: 200,
  },
  {
    what: 'a chain of 10,000 resources',
    before: inS3('chain', JSON.stringify({ Resources: { ...chain(10_000), Q10000: queue } })),
    request: validateInS3('chain'),
    status: 400,
    says: /Number of resources, 10001/,
  },
  {
    what: 'a chain of 10,000 conditions',
    before: inS3(
      'conditions',
      JSON.stringify({
        Resources: { Q: queue },
        Conditions: Object.fromEntries(
          Array.from({ length: 10_000 }, (_, i) => [`C${i}`, { 'Fn::Not': [{ Condition: `C${i + 1}` }] }]),
        ),
      }),
    ),
    request: () =>
      cloudformation('CreateStack', {
        StackName: 'hostile',
        TemplateURL: 'https://hostile.s3.amazonaws.com/conditions',
      }),
    status: 400,
    says: /C10000/,
  },
  {
    what: 'a host name of S3 with many hyphens',
    request: () =>
      cloudformation('ValidateTemplate', { TemplateURL: `https://s3${'-a'.repeat(2000)}.example.com/b/k` }),
    status: 400,
    says: /TemplateURL/,
  },
  {
    what: 'Fn::Sub that doubles itself',
    request: create({
      Resources: {
        Q: { ...queue, Properties: { QueueName: nested(30, (a) => ({ 'Fn::Sub': ['${a}${a}', { a }] }), 'x') } },
      },
      Conditions: { C: { 'Fn::Equals': [nested(30, (a) => ({ 'Fn::Sub': ['${a}${a}', { a }] }), 'x'), ''] } },
    }),
    status: 400,
    says: /resolves to more than/,
  },
  {
    what: 'an AllowedPattern that tries every way',
    request: create(
      { Resources: { Q: queue }, Parameters: { P: { Type: 'String', AllowedPattern: '(a+)+$' } } },
      { 'Parameters.member.1.ParameterKey': 'P', 'Parameters.member.1.ParameterValue': `${'a'.repeat(40)}!` },
    ),
    status: 400,
    says: /must match pattern/,
  },
  {
    what: 'DependsOn that is a number',
    request: validate({ Resources: { Q: { ...queue, DependsOn: 5 } } }),
    status: 400,
    says: /DependsOn must be a string/,
  },

  {
    what: 'an expression in a filter pattern',
    before: logGroup('a'.repeat(3000)),
    request: filter('%a*a*a*a*a*a*b%'),
    status: 200,
  },
  {
    what: 'a large expression in a filter pattern',
    before: logGroup('ab'.repeat(100_000)),
    request: filter('%[ab]*a[ab]{900}c%'),
    status: 400,
    says: /too large/,
  },
  {
    what: 'wildcards in a JSON filter pattern',
    before: logGroup(JSON.stringify({ a: 'a'.repeat(3000) })),
    request: filter(`{ $.a = "${'*a'.repeat(100)}*b" }`),
    status: 200,
  },
  {
    what: 'parentheses in a filter pattern',
    before: logGroup('a'),
    request: filter(`{ ${'('.repeat(1000)}`),
    status: 400,
    says: /Invalid filter pattern/,
  },
  {
    what: 'a long filter pattern',
    before: logGroup('a'),
    request: filter('a '.repeat(100_000)),
    status: 400,
    says: /1024/,
  },

  {
    what: 'wildcards in an event pattern',
    request: testPattern(JSON.stringify({ source: [{ wildcard: `${'a*'.repeat(12)}b` }] }), 'a'.repeat(400)),
    status: 200,
    says: /false/,
  },
  {
    what: 'an event pattern that nests',
    request: testPattern(`${'{"a":'.repeat(600)}["b"]${'}'.repeat(600)}`),
    status: 400,
    says: /nests deeper/,
  },
  {
    what: 'a long event pattern',
    request: testPattern(`${'{"a":'.repeat(20_000)}["b"]${'}'.repeat(20_000)}`),
    status: 400,
    says: /4096/,
  },

  {
    what: 'a position far past the end of a list',
    before: table,
    request: update('SET a[999999999] = :v'),
    status: 200,
  },
  {
    what: 'parentheses in a condition',
    before: table,
    request: condition('('.repeat(2000)),
    status: 400,
    says: /Syntax error/,
  },
  {
    what: 'parentheses for nothing',
    before: table,
    request: condition(`${'('.repeat(1000)}id = :v${')'.repeat(1000)}`),
    status: 400,
    says: /redundant/,
  },
  {
    what: 'a long condition',
    before: table,
    request: condition(Array(100_000).fill('id = :v').join(' OR ')),
    status: 400,
    says: /Expression size/,
  },
  {
    what: 'an item that nests',
    before: table,
    request: () =>
      json(
        'dynamodb',
        'PutItem',
        `{"TableName":"${TableName}","Item":{"id":{"S":"1"},"a":${'{"L":['.repeat(5000)}${']}'.repeat(5000)}}}`,
      ),
    status: 400,
    says: /Nesting Levels have exceeded/,
  },
  {
    what: 'a number of a million digits',
    before: table,
    request: put({ Item: { ...Key, n: { N: '1'.repeat(1_000_000) } } }),
    status: 400,
    says: /38 significant digits/,
  },
  {
    what: 'JSON of 16 MB of nothing',
    request: () =>
      json('dynamodb', 'PutItem', `{"TableName":"${TableName}","Item":{"a":{"L":[${'{},'.repeat(5_000_000)}{}]}}}`),
    status: 400,
  },

  {
    what: 'JSON that nests',
    request: () => json('ssm', 'PutParameter', `{"Tags":${'['.repeat(1_000_000)}`),
    status: 400,
    says: /nests deeper/,
  },
  {
    what: 'JSON of a million values',
    request: () => json('ssm', 'PutParameter', `{"Tags":[${'{},'.repeat(1_000_000)}{}]}`),
    status: 400,
    says: /200000 values/,
  },
  {
    what: 'an AllowedPattern of a parameter',
    request: () =>
      json('ssm', 'PutParameter', { Name: 'p', Type: 'String', AllowedPattern: '(a+)+$', Value: `${'a'.repeat(40)}!` }),
    status: 400,
    says: /allowedPattern/,
  },
  { what: 'CBOR that nests', request: () => cbor('logs', 'CreateLogGroup', Buffer.alloc(100_000, 0x81)), status: 400 },
  {
    what: 'CBOR of lists longer than there is memory',
    request: () => cbor('logs', 'CreateLogGroup', Buffer.from(Array(100).fill([0x9a, 1, 255, 255, 255]).flat())),
    status: 400,
  },
  {
    what: 'XML that nests',
    before: [() => s3('PUT', '/hostile')],
    request: () => s3('POST', '/hostile?delete', '<a>'.repeat(20_000)),
    status: 400,
    says: /MalformedXML/,
  },
  {
    what: 'XML of many attributes',
    before: [() => s3('PUT', '/hostile')],
    request: () =>
      s3('POST', '/hostile?delete', `<Delete${Array.from({ length: 250_000 }, (_, i) => ` a${i}=""`).join('')}/>`),
    status: 400,
    says: /MalformedXML|MaxMessageLengthExceeded/,
  },
  {
    what: '200,000 parameters',
    request: () =>
      form(
        'cloudformation',
        `Action=CreateStack&Version=2010-05-15&StackName=s&${Array.from({ length: 200_000 }, (_, i) => `Tags.member.${i}.Key=a`).join('&')}`,
      ),
    status: 400,
    says: /parameters/,
  },
  {
    what: 'a parameter of a million names',
    request: () => form('cloudformation', `Action=CreateStack&Version=2010-05-15&${'a.'.repeat(1_000_000)}=b`),
    status: 400,
    says: /names/,
  },
  {
    what: 'the member of a list that is far away',
    request: () =>
      form('cloudformation', 'Action=CreateStack&Version=2010-05-15&StackName=s&Tags.member.999999999.Key=a'),
    status: 400,
  },
];
