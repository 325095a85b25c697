import { type HostileRequest, json } from './wire-calls.fixture.ts';

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
const update =
  (UpdateExpression: string, values: object = { ':v': { S: 'v' } }) =>
  () =>
    json('dynamodb', 'UpdateItem', {
      TableName,
      Key,
      UpdateExpression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    });
const put = (more: object) => () => json('dynamodb', 'PutItem', { TableName, Item: Key, ...more });
const condition = (ConditionExpression: string, value: object = { S: 'v' }) =>
  put({ ConditionExpression, ExpressionAttributeValues: { ':v': value } });
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

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

/** Patterns, expressions and items. */
export const hostileData: readonly HostileRequest[] = [
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
    what: 'a term that every part of a message nearly is',
    before: logGroup('a'.repeat(1_000_000)),
    request: filter(`"${'a'.repeat(500)}b${'a'.repeat(500)}"`),
    status: 200,
  },
  {
    what: 'many expressions in a filter pattern',
    before: logGroup(`c${'ab'.repeat(400_000)}`),
    request: filter(Array(40).fill('?%[ab]*a[ab]{20}c%').join(' ')),
    status: 200,
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
    what: 'a wildcard that every part of an event nearly is',
    request: testPattern(
      JSON.stringify({ source: [{ wildcard: `*${'a'.repeat(2000)}b${'a'.repeat(2000)}*` }] }),
      'a'.repeat(1_000_000),
    ),
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
    what: 'a list that is put in a hundred places',
    before: [...table, put({ Item: { ...Key, a: { L: Array(60_000).fill({ N: '1' }) } } })],
    request: update(`SET ${Array.from({ length: 100 }, (_, i) => `b${i} = list_append(a, a)`).join(', ')}`, {}),
    status: 400,
    says: /Item size to update/,
  },
  {
    what: 'a value that is put in hundreds of places',
    before: table,
    request: update(`SET ${Array.from({ length: 290 }, (_, i) => `b${i} = :v`).join(', ')}`, {
      ':v': { L: Array(50_000).fill({ N: '1' }) },
    }),
    status: 400,
    says: /Item size to update/,
  },
  {
    what: 'a text that every part of another nearly is',
    before: [...table, put({ Item: { ...Key, a: { S: 'a'.repeat(390_000) } } })],
    request: condition('contains(a, :v)', { S: `${'a'.repeat(100_000)}b${'a'.repeat(100_000)}` }),
    status: 400,
    says: /ConditionalCheckFailed/,
  },
  {
    what: 'sets that are compared',
    before: [...table, put({ Item: { ...Key, a: { SS: numbered(60_000) } } })],
    request: condition(Array(30).fill('a = :v').join(' OR '), { SS: numbered(60_001).slice(1) }),
    status: 400,
    says: /ConditionalCheckFailed/,
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
  ...[3_500, 7_000].map(
    (attributes): HostileRequest => ({
      what: `a batch of 25 items with ${attributes} attributes`,
      before: table,
      request: () => {
        const many = Object.fromEntries(numbered(attributes).map((name) => [name, { N: '1' }]));
        const items = numbered(25).map((id) => ({ PutRequest: { Item: { ...many, id: { S: id } } } }));
        return json('dynamodb', 'BatchWriteItem', { RequestItems: { [TableName]: items } });
      },
      status: attributes < 5_000 ? 200 : 400,
    }),
  ),
  {
    what: 'JSON of 16 MB of nothing',
    request: () =>
      json('dynamodb', 'PutItem', `{"TableName":"${TableName}","Item":{"a":{"L":[${'{},'.repeat(5_000_000)}{}]}}}`),
    status: 400,
  },
];
