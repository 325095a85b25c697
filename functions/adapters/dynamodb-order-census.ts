import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { CountedPage } from '../domain/census.ts';
import type { OrderCensus } from '../domain/ports.ts';
import { orderTable } from './contract.ts';
import { readCountedOrders } from './stored-order.ts';

/**
 * Counts orders in their DynamoDB table.
 *
 * It scans the whole table: that takes longer the more orders there are, and is billed by what it reads. A number that is asked
 * for often belongs into a metric; this is the exact one. It reads what was written last, so that an acknowledged order is
 * counted.
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
