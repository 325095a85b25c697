import { DeleteCommand, type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Order, OrderReference } from '../domain/order.ts';
import type { FoundOrders, OrderStore } from '../domain/ports.ts';
import type { Deadlines, JudgedOrder } from '../domain/retention.ts';
import { refusalOf } from './conditional-write.ts';
import { orderTable } from './contract.ts';
import { markQueued } from './mark-queued.ts';
import { readJudgedOrders } from './stored-order.ts';

const received: Order['status'] = 'RECEIVED';
const baked: Order['status'] = 'BAKED';

/** Orders in their DynamoDB table that are past a deadline: all that cleaning up does with them. Each is checked. */
export class DynamoDbPastOrders implements Pick<OrderStore, 'findPast' | 'remove' | 'markQueued'> {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.#documents = documents;
    this.#table = table;
  }

  /**
   * By a scan of the whole table, which would be wrong for anybody who waits: it reads every order, and is billed so. For
   * a process that runs by itself and must see every order it is right, and spares an index that every order would pay
   * for. The filter and the projection only spare traffic: what is to be done with an order, the domain decides. What lacks
   * something that each order has is let through, so that the caller hears of it.
   */
  async *findPast({ bakedBefore, expiredBefore, forgottenBefore }: Deadlines): AsyncGenerator<FoundOrders> {
    const pages = paginateScan(
      { client: this.#documents },
      {
        TableName: this.#table,
        FilterExpression: [
          '(#status = :baked AND bakedAt < :bakedBefore)',
          '(#status = :received AND placedAt < :expiredBefore)',
          '(#status = :received AND attribute_not_exists(queuedAt) AND placedAt < :forgottenBefore)',
          'attribute_not_exists(placedAt)',
          'attribute_not_exists(#items)',
          'NOT #status IN (:received, :baked)',
          '(#status = :baked AND attribute_not_exists(bakedAt))',
        ].join(' OR '),
        ProjectionExpression: '#id, #status, placedAt, queuedAt, bakedAt, totalCents, #items',
        ExpressionAttributeNames: { '#id': orderTable.partitionKey, '#status': 'status', '#items': 'items' },
        ExpressionAttributeValues: {
          ':baked': baked,
          ':received': received,
          ':bakedBefore': bakedBefore,
          ':expiredBefore': expiredBefore,
          ':forgottenBefore': forgottenBefore,
        },
      },
    );
    for await (const { ScannedCount = 0, Items = [] } of pages) {
      yield { examined: ScannedCount, ...readJudgedOrders(Items) };
    }
  }

  /**
   * `placedAt` is in the condition because an id that is made from an idempotency key can come back. An attempt that is
   * repeated and finds nothing was answered by its own first try, or by another run at the same moment: either says so.
   */
  async remove({ orderId, status, placedAt }: JudgedOrder): Promise<boolean> {
    const refusal = await refusalOf(
      this.#documents.send(
        new DeleteCommand({
          TableName: this.#table,
          Key: { [orderTable.partitionKey]: orderId },
          ConditionExpression: '#status = :status AND placedAt = :placedAt',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':status': status, ':placedAt': placedAt },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
    return !refusal || (refusal.wasRepeated && refusal.found === undefined);
  }

  async markQueued(order: OrderReference, queuedAt: Date): Promise<void> {
    await markQueued(this.#documents, this.#table, order, queuedAt);
  }
}
