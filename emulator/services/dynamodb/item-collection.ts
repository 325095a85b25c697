import type { Item, Message } from './item/item.ts';
import type { Tables } from './table/tables.ts';

/**
 * The metrics of an item's collection, the items with its partition key, where a table has local secondary indexes. The estimate is
 * that of a small one: collections are not held against 10 GB. Source: DynamoDB API Reference, "ItemCollectionMetrics".
 */
function metricsOf(TableName: unknown, keyed: Item, tables: Tables): Message | undefined {
  const schema = tables.find(String(TableName))?.schema;
  const partitionKey = schema?.KeySchema?.[0]?.AttributeName;
  return schema?.LocalSecondaryIndexes?.length && partitionKey !== undefined
    ? { ItemCollectionKey: { [partitionKey]: keyed[partitionKey] }, SizeEstimateRangeGB: [0, 1] }
    : undefined;
}

/** The member of a write's answer that tells of collections, where the request asks for it. */
export function itemCollectionMetrics(request: Message, tables: Tables): Message | undefined {
  const { ReturnItemCollectionMetrics, TableName, Item: item, Key, RequestItems } = request;
  if (ReturnItemCollectionMetrics !== 'SIZE') {
    return undefined;
  }
  if (RequestItems === undefined) {
    const ItemCollectionMetrics = metricsOf(TableName, (Key ?? item) as Item, tables);
    return ItemCollectionMetrics && { ItemCollectionMetrics };
  }
  const byTable = Object.entries(RequestItems as Readonly<Record<string, readonly BatchedWrite[]>>).map(
    ([name, writes]) => [
      name,
      writes.flatMap(
        ({ PutRequest, DeleteRequest }) =>
          metricsOf(name, (PutRequest?.Item ?? DeleteRequest?.Key) as Item, tables) ?? [],
      ),
    ],
  );
  const ItemCollectionMetrics = Object.fromEntries(byTable.filter(([, metrics]) => metrics?.length));
  return Object.keys(ItemCollectionMetrics).length > 0 ? { ItemCollectionMetrics } : undefined;
}

interface BatchedWrite {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}
