import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { orderTable } from '../../functions/adapters/contract.ts';
import type { BakeRecord } from '../../functions/domain/bake-record.ts';
import type { Bake, BakeTicket } from '../../functions/domain/order.ts';
import type { OrderStore } from '../../functions/domain/ports.ts';

/** Records a bake whatever was recorded before: an order that is baked again is another bake of it. */
export class LastBakeWins implements Pick<OrderStore, 'recordBake'> {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.#documents = documents;
    this.#table = table;
  }

  async recordBake({ orderId }: BakeTicket, { bakedAt, bestBefore, voucher }: Bake): Promise<BakeRecord> {
    await this.#documents.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: { [orderTable.partitionKey]: orderId },
        UpdateExpression:
          'SET #status = :baked, bakedAt = :bakedAt, bestBefore = :bestBefore, voucher = :voucher ADD bakes :one',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':baked': 'BAKED',
          ':bakedAt': bakedAt,
          ':bestBefore': bestBefore,
          ':voucher': voucher,
          ':one': 1,
        },
      }),
    );
    return { outcome: 'recorded' };
  }
}
