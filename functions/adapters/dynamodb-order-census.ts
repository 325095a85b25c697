import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { CountedOrder } from '../domain/census.ts';
import type { OrderCensus } from '../domain/ports.ts';

/**
 * Counts orders in their DynamoDB table.
 *
 * By a scan of the whole table, which takes longer the more orders there are, and is billed by what it reads: what nobody
 * waits for in the shop, and many ask for, belongs into a metric, and this is for whoever wants to know exactly. It reads
 * what was written last, so that an acknowledged order is counted.
 */
export class DynamoDbOrderCensus implements OrderCensus {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.#documents = documents;
    this.#table = table;
  }

  async *pages(): AsyncGenerator<readonly CountedOrder[]> {
    const scan = paginateScan(
      { client: this.#documents },
      {
        TableName: this.#table,
        ProjectionExpression: '#status, placedAt, bakedAt, #items',
        ExpressionAttributeNames: { '#status': 'status', '#items': 'items' },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of scan) {
      yield Items as CountedOrder[];
    }
  }
}
