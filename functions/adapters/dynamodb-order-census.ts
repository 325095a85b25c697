import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { CountedPage } from '../domain/census.ts';
import type { OrderCensus } from '../domain/ports.ts';
import { orderTable } from './contract.ts';
import { readCountedOrders } from './stored-order.ts';

/**
 * Counts orders in their DynamoDB table.
 *
 * By a scan of the whole table, which takes longer the more orders there are, and is billed by what it reads: what nobody
 * waits for in the shop, and many ask for, belongs into a metric, and this is for those who want to know exactly. It reads
 * what was written last, so that an acknowledged order is counted.
 */
export class DynamoDbOrderCensus implements OrderCensus {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.#documents = documents;
    this.#table = table;
  }

  async *pages(): AsyncGenerator<CountedPage> {
    const scan = paginateScan(
      { client: this.#documents },
      {
        TableName: this.#table,
        ProjectionExpression: '#id, #status, placedAt, bakedAt, #items',
        ExpressionAttributeNames: { '#id': orderTable.partitionKey, '#status': 'status', '#items': 'items' },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of scan) {
      yield readCountedOrders(Items);
    }
  }
}
