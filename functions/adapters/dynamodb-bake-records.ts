import { isDeepStrictEqual } from 'node:util';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type BakeRecord, refuseBake } from '../domain/bake-record.ts';
import type { Bake, BakeTicket, Order } from '../domain/order.ts';
import type { OrderStore } from '../domain/ports.ts';
import { refusalOf } from './conditional-write.ts';
import { orderTable } from './contract.ts';
import { readItems } from './stored-order.ts';

const received: Order['status'] = 'RECEIVED';
const baked: Order['status'] = 'BAKED';

/** An order that waits for a bake, and is not as an order must be: it does not say what to bake. */
export class UnreadableStoredOrder extends Error {
  override readonly name = 'UnreadableStoredOrder';

  constructor(orderId: string) {
    super(`The items of order ${orderId} cannot be read`);
  }
}

/** Records bakes in the DynamoDB table of the orders: all that baking does with them. */
export class DynamoDbBakeRecords implements Pick<OrderStore, 'recordBake'> {
  readonly #documents: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(documents: DynamoDBDocumentClient, table: string) {
    this.#documents = documents;
    this.#table = table;
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
