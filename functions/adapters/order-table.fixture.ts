import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { orderTable } from './contract.ts';
import { type ClientConfiguration, createTable } from './endpoint.fixture.ts';

/** A new table of orders, with its index; gives the client that made it. */
export async function createOrderTable(configuration: ClientConfiguration, name: string): Promise<DynamoDBClient> {
  const { partitionKey, byCustomer } = orderTable;
  const attributes = [partitionKey, byCustomer.partitionKey, byCustomer.sortKey];
  return await createTable(configuration, {
    TableName: name,
    KeySchema: [{ AttributeName: partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [
      {
        IndexName: byCustomer.indexName,
        KeySchema: [
          { AttributeName: byCustomer.partitionKey, KeyType: 'HASH' },
          { AttributeName: byCustomer.sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
}
