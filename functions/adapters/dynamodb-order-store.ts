import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Bake, Order, ReceivedOrder } from '../domain/order.ts';
import type { FoundOrders, OrderPage, OrderStore, PageRequest } from '../domain/ports.ts';
import type { Deadlines, JudgedOrder } from '../domain/retention.ts';
import { orderTable } from './contract.ts';
import { decodeCursor, encodeCursor } from './order-cursor.ts';

/**
 * Orders in a DynamoDB table, an item each with the order's members as attributes.
 *
 * Items are taken for the orders they are, unchecked: nobody but this class writes them.
 */
export class DynamoDbOrderStore implements OrderStore {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.#documents = documents;
    this.#table = table;
  }

  async add(order: ReceivedOrder): Promise<boolean> {
    return await isMet(
      this.#documents.send(
        new PutCommand({
          TableName: this.#table,
          Item: order,
          ConditionExpression: 'attribute_not_exists(#id)',
          ExpressionAttributeNames: { '#id': orderTable.partitionKey },
        }),
      ),
    );
  }

  /** Reads what was written last, so that an order can be looked up the moment it was acknowledged. */
  async find(orderId: string): Promise<Order | undefined> {
    const { Item } = await this.#documents.send(
      new GetCommand({ TableName: this.#table, Key: { [orderTable.partitionKey]: orderId }, ConsistentRead: true }),
    );
    return Item as Order | undefined;
  }

  async listByCustomer(customer: string, { limit, next }: PageRequest): Promise<OrderPage> {
    const { indexName, partitionKey } = orderTable.byCustomer;
    const { Items = [], LastEvaluatedKey } = await this.#documents.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: indexName,
        KeyConditionExpression: '#customer = :customer',
        ExpressionAttributeNames: { '#customer': partitionKey },
        ExpressionAttributeValues: { ':customer': customer },
        Limit: limit,
        ...(next !== undefined && { ExclusiveStartKey: decodeCursor(next, customer) }),
      }),
    );
    const orders = Items as Order[];
    return LastEvaluatedKey ? { orders, next: encodeCursor(LastEvaluatedKey) } : { orders };
  }

  /** On condition that the order exists: an update would otherwise bring a removed one back, as a torso. */
  async markQueued(orderId: string, queuedAt: Date): Promise<void> {
    await isMet(
      this.#documents.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { [orderTable.partitionKey]: orderId },
          UpdateExpression: 'SET queuedAt = :queuedAt',
          ConditionExpression: 'attribute_exists(#id)',
          ExpressionAttributeNames: { '#id': orderTable.partitionKey },
          ExpressionAttributeValues: { ':queuedAt': queuedAt.toISOString() },
        }),
      ),
    );
  }

  async recordBake(orderId: string, { bakedAt, bestBefore, voucher }: Bake): Promise<boolean> {
    return await isMet(
      this.#documents.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { [orderTable.partitionKey]: orderId },
          UpdateExpression: 'SET #status = :baked, bakedAt = :bakedAt, bestBefore = :bestBefore, voucher = :voucher',
          ConditionExpression: '#status = :received',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':received': 'RECEIVED' satisfies Order['status'],
            ':baked': 'BAKED' satisfies Order['status'],
            ':bakedAt': bakedAt,
            ':bestBefore': bestBefore,
            ':voucher': voucher,
          },
        }),
      ),
    );
  }

  /**
   * By a scan of the whole table, which would be wrong for anybody who waits: it reads every order, and is billed so. For
   * a process that runs by itself and must see every order it is right, and spares an index that every order would pay
   * for. The filter and the projection only spare traffic: what is to be done with an order, the domain decides.
   */
  async *findPast({ bakedBefore, expiredBefore, forgottenBefore }: Deadlines): AsyncGenerator<FoundOrders> {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await this.#documents.send(
        new ScanCommand({
          TableName: this.#table,
          FilterExpression: [
            '(#status = :baked AND bakedAt < :bakedBefore)',
            '(#status = :received AND placedAt < :expiredBefore)',
            '(#status = :received AND attribute_not_exists(queuedAt) AND placedAt < :forgottenBefore)',
          ].join(' OR '),
          ProjectionExpression: '#id, #status, placedAt, queuedAt, bakedAt, #items',
          ExpressionAttributeNames: { '#id': orderTable.partitionKey, '#status': 'status', '#items': 'items' },
          ExpressionAttributeValues: {
            ':baked': 'BAKED' satisfies Order['status'],
            ':received': 'RECEIVED' satisfies Order['status'],
            ':bakedBefore': bakedBefore,
            ':expiredBefore': expiredBefore,
            ':forgottenBefore': forgottenBefore,
          },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      yield { examined: page.ScannedCount ?? 0, orders: (page.Items ?? []) as JudgedOrder[] };
      start = page.LastEvaluatedKey;
    } while (start);
  }

  /** `placedAt` is in the condition because an id that is made from an idempotency key can come back. */
  async remove({ orderId, status, placedAt }: JudgedOrder): Promise<boolean> {
    return await isMet(
      this.#documents.send(
        new DeleteCommand({
          TableName: this.#table,
          Key: { [orderTable.partitionKey]: orderId },
          ConditionExpression: '#status = :status AND placedAt = :placedAt',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':status': status, ':placedAt': placedAt },
        }),
      ),
    );
  }
}

/** Whether a conditional write found its condition met; any other failure stays one. */
async function isMet(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return false;
    }
    throw error;
  }
}
