import { isDeepStrictEqual } from 'node:util';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Order, OrderReference, ReceivedOrder } from '../domain/order.ts';
import type { OrderPage, OrderStore, PageRequest } from '../domain/ports.ts';
import { refusalOf } from './conditional-write.ts';
import { orderTable } from './contract.ts';
import { markQueued } from './mark-queued.ts';
import { decodeCursor, encodeCursor } from './order-cursor.ts';

/**
 * Orders in a DynamoDB table, an item each with the order's members as attributes: all that ordering does with them.
 *
 * What a customer asks for by its id is taken for the order it is, unchecked: only the factory writes it, and an order
 * that was spoilt is one request's failure.
 */
export class DynamoDbOrderStore implements Pick<OrderStore, 'add' | 'find' | 'listByCustomer' | 'markQueued'> {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.#documents = documents;
    this.#table = table;
  }

  async add(order: ReceivedOrder): Promise<boolean> {
    const refusal = await refusalOf(
      this.#documents.send(
        new PutCommand({
          TableName: this.#table,
          Item: order,
          ConditionExpression: 'attribute_not_exists(#id)',
          ExpressionAttributeNames: { '#id': orderTable.partitionKey },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
    return !refusal || (refusal.wasRepeated && isDeepStrictEqual(refusal.found, order));
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

  async markQueued(order: OrderReference, queuedAt: Date): Promise<void> {
    await markQueued(this.#documents, this.#table, order, queuedAt);
  }
}
