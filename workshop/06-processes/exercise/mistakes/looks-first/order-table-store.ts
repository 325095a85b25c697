import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { orderTable } from '../../../../../functions/adapters/contract.ts';
import { markQueued } from '../../../../../functions/adapters/mark-queued.ts';
import { decodeCursor, encodeCursor } from '../../../../../functions/adapters/order-cursor.ts';
import type { Order, OrderReference, ReceivedOrder } from '../../../../../functions/domain/order.ts';
import type { OrderPage, OrderStore, PageRequest } from '../../../../../functions/domain/ports.ts';

/** Orders in a DynamoDB table, an item each with the order's members as attributes. */
export class OrderTableStore implements Pick<OrderStore, 'add' | 'find' | 'listByCustomer' | 'markQueued'> {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.#documents = documents;
    this.#table = table;
  }

  /**
   * Stores a new order; `false` if there is one with this id already, which then stays as it is. Two processes may do this at
   * the same time, so the condition belongs into the write itself: `PutCommand` takes a `ConditionExpression`, and throws a
   * `ConditionalCheckFailedException` where it is not met. The key's name is `orderTable.partitionKey`.
   */
  async add(order: ReceivedOrder): Promise<boolean> {
    if ((await this.find(order.orderId)) !== undefined) {
      return false;
    }
    await this.#documents.send(new PutCommand({ TableName: this.#table, Item: order }));
    return true;
  }

  /** Reads an order that was acknowledged a moment ago, whichever process took it. `GetCommand` has a switch for that. */
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
