import { isDeepStrictEqual } from 'node:util';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateScan,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type BakeRecord, refuseBake } from '../domain/bake-record.ts';
import type { Bake, BakeTicket, Order, OrderReference, ReceivedOrder } from '../domain/order.ts';
import type { FoundOrders, OrderPage, OrderStore, PageRequest } from '../domain/ports.ts';
import type { Deadlines, JudgedOrder } from '../domain/retention.ts';
import { refusalOf } from './conditional-write.ts';
import { orderTable } from './contract.ts';
import { decodeCursor, encodeCursor } from './order-cursor.ts';
import { readItems, readJudgedOrders } from './stored-order.ts';

const received: Order['status'] = 'RECEIVED';
const baked: Order['status'] = 'BAKED';

/** An order that waits for a bake, and is not as an order must be: nobody can say what to bake. */
export class UnreadableStoredOrder extends Error {
  override readonly name = 'UnreadableStoredOrder';

  constructor(orderId: string) {
    super(`The items of order ${orderId} cannot be read`);
  }
}

/**
 * Orders in a DynamoDB table, an item each with the order's members as attributes.
 *
 * What a customer asks for by its id is taken for the order it is, unchecked: nobody but this class writes it, and an order
 * that was spoilt is one request's failure. Whoever goes through all orders has them checked.
 */
export class DynamoDbOrderStore implements OrderStore {
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

  /**
   * On condition that the order exists: an update would otherwise bring a removed one back, as a torso. An attempt that is
   * repeated finds the condition met, and writes the same once more.
   */
  async markQueued({ orderId, placedAt }: OrderReference, queuedAt: Date): Promise<void> {
    await refusalOf(
      this.#documents.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { [orderTable.partitionKey]: orderId },
          UpdateExpression: 'SET queuedAt = :queuedAt',
          ConditionExpression: 'placedAt = :placedAt',
          ExpressionAttributeValues: { ':queuedAt': queuedAt.toISOString(), ':placedAt': placedAt },
        }),
      ),
    );
  }

  /**
   * The items are part of the condition, so that no order is baked by a message that says other than the order: in the same
   * call, because one more for every order would cost more than the few that are refused.
   *
   * @throws UnreadableStoredOrder
   */
  async recordBake(ticket: BakeTicket, { bakedAt, bestBefore, voucher }: Bake): Promise<BakeRecord> {
    const items = itemsAre(ticket.items);
    const refusal = await refusalOf(
      this.#documents.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: { [orderTable.partitionKey]: ticket.orderId },
          UpdateExpression: 'SET #status = :baked, bakedAt = :bakedAt, bestBefore = :bestBefore, voucher = :voucher',
          ConditionExpression: `#status = :received AND placedAt = :placedAt AND ${items.condition}`,
          ExpressionAttributeNames: { '#status': 'status', ...items.names },
          ExpressionAttributeValues: {
            ...{ ':received': received, ':baked': baked, ':placedAt': ticket.placedAt },
            ...{ ':bakedAt': bakedAt, ':bestBefore': bestBefore, ':voucher': voucher },
            ...items.values,
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
    if (!refusal) {
      return { outcome: 'recorded' };
    }
    const { found, wasRepeated } = refusal;
    const refused = refuseBake(found && orderOf(found), ticket);
    const isOwn =
      wasRepeated &&
      refused.outcome === 'bakedBefore' &&
      isDeepStrictEqual([found?.['bakedAt'], found?.['voucher']], [bakedAt, voucher]);
    return isOwn ? { outcome: 'recorded' } : refused;
  }

  /**
   * By a scan of the whole table, which would be wrong for anybody who waits: it reads every order, and is billed so. For
   * a process that runs by itself and must see every order it is right, and spares an index that every order would pay
   * for. The filter and the projection only spare traffic: what is to be done with an order, the domain decides. What lacks
   * something that each order has is let through, so that somebody hears of it.
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
}

/** The condition that an order is of just these items, whatever they cost. 20 of them take a quarter of DynamoDB's 4 KB. */
function itemsAre(items: BakeTicket['items']) {
  const clauses = items.map((_, n) => `#items[${n}].#recipe = :recipe${n} AND #items[${n}].#quantity = :quantity${n}`);
  const values = items.flatMap(({ recipe, quantity }, n) => [
    [`:recipe${n}`, recipe],
    [`:quantity${n}`, quantity],
  ]);
  return {
    condition: ['size(#items) = :items', ...clauses].join(' AND '),
    names: { '#items': 'items', '#recipe': 'recipe', '#quantity': 'quantity' },
    values: { ':items': items.length, ...Object.fromEntries(values) },
  };
}

/** An order that was in the way of a bake. Only what it is baked by is checked: the rest is not looked at. */
function orderOf(found: Readonly<Record<string, unknown>>): Order {
  const items = readItems(found['items']);
  if (!items) {
    throw new UnreadableStoredOrder(String(found[orderTable.partitionKey]));
  }
  return { ...(found as unknown as Order), items: items as Order['items'] };
}
