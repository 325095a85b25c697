import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { BakeRecord } from '../../../../functions/domain/bake-record.ts';
import type { Bake, BakeTicket } from '../../../../functions/domain/order.ts';
import type { OrderStore } from '../../../../functions/domain/ports.ts';

/** Records bakes in the table of the orders. */
export class BakeRecords implements Pick<OrderStore, 'recordBake'> {
  readonly documents: DynamoDBDocumentClient;
  readonly table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.documents = documents;
    this.table = table;
  }

  /**
   * Records a bake once, however often its message comes: sets `status` (a reserved word), `bakedAt`, `bestBefore` and
   * `voucher`, as `LastBakeWins` does, on condition that the order has the `status` `RECEIVED` and the ticket's `placedAt`.
   *
   * `refusalOf` (functions/adapters/conditional-write.ts) waits for such a write, and returns undefined once it is made, or
   * what was in its way if the call asks for `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`. What that means,
   * `refuseBake` says (functions/domain/bake-record.ts). What is `found` in this table is an order, which TypeScript cannot
   * know: `found as Order | undefined`.
   */
  async recordBake(_ticket: BakeTicket, _bake: Bake): Promise<BakeRecord> {
    throw new Error('TODO: write the bake on its condition');
  }
}
