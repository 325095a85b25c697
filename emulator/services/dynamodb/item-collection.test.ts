import { expect, test } from 'vitest';
import { connect } from './dynamodb.fixture.ts';

const key = (id: string, n: string) => ({ id: { S: id }, n: { N: n } });

async function start(indexed: boolean) {
  const client = await connect();
  await client.createTable({
    TableName: 'trays',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'n', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['id', 'n', ...(indexed ? ['m'] : [])].map((AttributeName) => ({
      AttributeName,
      AttributeType: AttributeName === 'id' ? 'S' : 'N',
    })),
    ...(indexed && {
      LocalSecondaryIndexes: [
        {
          IndexName: 'by-m',
          KeySchema: [
            { AttributeName: 'id', KeyType: 'HASH' },
            { AttributeName: 'm', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  });
  return client;
}

const asked = { TableName: 'trays', ReturnItemCollectionMetrics: 'SIZE' } as const;
const ofA = { ItemCollectionKey: { id: { S: 'a' } }, SizeEstimateRangeGB: [0, 1] };

test('a write tells of the collection of its item, where it is asked and there is a local index', async () => {
  const client = await start(true);
  const put = await client.putItem({ ...asked, Item: key('a', '1') });
  const updated = await client.updateItem({ ...asked, Key: key('a', '1') });
  const deleted = await client.deleteItem({ ...asked, Key: key('a', '1') });
  expect([put, updated, deleted].map(({ ItemCollectionMetrics }) => ItemCollectionMetrics)).toEqual([ofA, ofA, ofA]);
  const RequestItems = { trays: [{ PutRequest: { Item: key('a', '2') } }, { DeleteRequest: { Key: key('a', '1') } }] };
  const batch = await client.batchWriteItem({ RequestItems, ReturnItemCollectionMetrics: 'SIZE' });
  expect(batch.ItemCollectionMetrics).toEqual({ trays: [ofA, ofA] });
  const unasked = await client.putItem({ TableName: 'trays', Item: key('a', '3') });
  expect(unasked.ItemCollectionMetrics).toBeUndefined();
});

test('there are no collections without a local index', async () => {
  const client = await start(false);
  const put = await client.putItem({ ...asked, Item: key('a', '1') });
  expect(put.ItemCollectionMetrics).toBeUndefined();
});
