import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { orderTable } from '../../../../../functions/adapters/contract.ts';
import { type BakeRecord, refuseBake } from '../../../../../functions/domain/bake-record.ts';
import type { Bake, BakeTicket, Order } from '../../../../../functions/domain/order.ts';
import type { OrderStore } from '../../../../../functions/domain/ports.ts';

/** Records bakes in the table of the orders. */
export class BakeRecords implements Pick<OrderStore, 'recordBake'> {
  readonly documents: DynamoDBDocumentClient;
  readonly table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.documents = documents;
    this.table = table;
  }

  /** Records a bake once: it looks whether the order waits for it, and writes then. */
  async recordBake(ticket: BakeTicket, { bakedAt, bestBefore, voucher }: Bake): Promise<BakeRecord> {
    const Key = { [orderTable.partitionKey]: ticket.orderId };
    const { Item } = await this.documents.send(new GetCommand({ TableName: this.table, Key, ConsistentRead: true }));
    if (Item?.['status'] !== 'RECEIVED' || Item['placedAt'] !== ticket.placedAt) {
      return refuseBake(Item as Order | undefined, ticket);
    }
    await this.documents.send(
      new UpdateCommand({
        TableName: this.table,
        Key,
        UpdateExpression: 'SET #status = :baked, bakedAt = :bakedAt, bestBefore = :bestBefore, voucher = :voucher',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...{ ':baked': 'BAKED' },
          ...{ ':bakedAt': bakedAt, ':bestBefore': bestBefore, ':voucher': voucher },
        },
      }),
    );
    return { outcome: 'recorded' };
  }
}
