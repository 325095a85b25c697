import { tableArn } from '../lexicon.fixture.ts';

const Key = { id: { S: 'fz' } };
const Item = {
  id: { S: 'x' },
  a: { S: 'a' },
  m: { M: { l: { L: [{ N: '1' }, { NULL: true }] } } },
  s: { SS: ['a', 'b'] },
};
const TableName = 'fz-table';
const values = { ':a': { S: 'a' } };

export const dynamodb = [
  ['dynamodb:PutItem', { TableName, Item, ConditionExpression: 'attribute_not_exists(z)', ReturnValues: 'ALL_OLD' }],
  [
    'dynamodb:PutItem',
    {
      TableName,
      Item,
      Expected: { a: { ComparisonOperator: 'IN', AttributeValueList: [{ S: 'a' }] }, z: { Exists: false } },
    },
  ],
  ['dynamodb:GetItem', { TableName, Key, ProjectionExpression: '#a, m.l[0]', ExpressionAttributeNames: { '#a': 'a' } }],
  [
    'dynamodb:UpdateItem',
    {
      TableName,
      Key,
      UpdateExpression: 'SET n = if_not_exists(n, :n) + :n, l = list_append(l, :l) REMOVE z ADD c :n DELETE s :s',
      ConditionExpression: 'size(id) < :n AND NOT contains(id, :a)',
      ExpressionAttributeValues: { ':n': { N: '9' }, ':l': { L: [{ N: '1' }] }, ':s': { SS: ['a'] }, ':a': { S: 'a' } },
      ReturnValues: 'ALL_NEW',
    },
  ],
  [
    'dynamodb:UpdateItem',
    { TableName, Key, AttributeUpdates: { n: { Action: 'ADD', Value: { N: '1' } }, z: { Action: 'DELETE' } } },
  ],
  ['dynamodb:DeleteItem', { TableName, Key, ConditionExpression: 'a = :a', ExpressionAttributeValues: values }],
  [
    'dynamodb:Query',
    {
      TableName,
      IndexName: 'by-a',
      KeyConditionExpression: 'a = :a',
      FilterExpression: 'attribute_exists(id)',
      ExpressionAttributeValues: values,
      Limit: 1,
      ExclusiveStartKey: { id: { S: 'fz' }, a: { S: 'a' } },
    },
  ],
  [
    'dynamodb:Query',
    {
      TableName,
      KeyConditions: { id: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'fz' }] } },
      QueryFilter: {},
    },
  ],
  ['dynamodb:Scan', { TableName, Segment: 0, TotalSegments: 2, ExclusiveStartKey: Key, Select: 'COUNT' }],
  [
    'dynamodb:Scan',
    { TableName, ScanFilter: { a: { ComparisonOperator: 'BETWEEN', AttributeValueList: [{ S: 'a' }, { S: 'b' }] } } },
  ],
  ['dynamodb:BatchGetItem', { RequestItems: { 'fz-table': { Keys: [Key], AttributesToGet: ['a'] } } }],
  ['dynamodb:BatchWriteItem', { RequestItems: { 'fz-table': [{ PutRequest: { Item } }, { DeleteRequest: { Key } }] } }],
  [
    'dynamodb:TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName, Item } },
        { Update: { TableName, Key, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: values } },
        { Delete: { TableName, Key: { id: { S: 'y' } } } },
        { ConditionCheck: { TableName, Key: { id: { S: 'z' } }, ConditionExpression: 'attribute_not_exists(id)' } },
      ],
      ClientRequestToken: 'fz',
    },
  ],
  ['dynamodb:TransactGetItems', { TransactItems: [{ Get: { TableName, Key, ProjectionExpression: 'a' } }] }],
  [
    'dynamodb:CreateTable',
    {
      TableName: 'other',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      Tags: [{ Key: 'a', Value: 'b' }],
    },
  ],
  [
    'dynamodb:UpdateTable',
    {
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'b', AttributeType: 'N' },
      ],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'by-b',
            KeySchema: [{ AttributeName: 'b', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
          },
        },
      ],
    },
  ],
  ['dynamodb:UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }],
  ['dynamodb:TagResource', { ResourceArn: tableArn, Tags: [{ Key: 'a', Value: 'b' }] }],
] as const;
