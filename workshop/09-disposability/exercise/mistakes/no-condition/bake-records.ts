import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { refusalOf } from '../../../../../functions/adapters/conditional-write.ts';
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

  /** Records a bake once, however often its message comes: the condition is part of the write. */
  async recordBake(ticket: BakeTicket, { bakedAt, bestBefore, voucher }: Bake): Promise<BakeRecord> {
    const refusal = await refusalOf(
      this.documents.send(
        new UpdateCommand({
          TableName: this.table,
          Key: { [orderTable.partitionKey]: ticket.orderId },
          UpdateExpression: 'SET #status = :baked, bakedAt = :bakedAt, bestBefore = :bestBefore, voucher = :voucher',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ...{ ':baked': 'BAKED' },
            ...{ ':bakedAt': bakedAt, ':bestBefore': bestBefore, ':voucher': voucher },
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
    return refusal ? refuseBake(refusal.found as Order | undefined, ticket) : { outcome: 'recorded' };
  }
}
