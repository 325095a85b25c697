import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { orderTable } from '../../../../functions/adapters/contract.ts';
import { createDynamoDb, documentsOf } from '../../../../functions/adapters/dynamodb-client.ts';
import { cleanupEnv } from '../../../../functions/cleanup/contract.ts';
import type { Order } from '../../../../functions/domain/order.ts';
import { readEnvironment } from '../../../../functions/runtime/environment.ts';

/**
 * `node withdraw.ts RECIPE`, with the environment of cleanup: takes back the orders that wait for a recipe, and reports how
 * many. It may run twice, and may be stopped in the middle: what it did not do, the next run does.
 */
async function main([recipe]: readonly string[]): Promise<number> {
  try {
    if (!recipe) {
      throw new Error('name the recipe that is withdrawn');
    }
    const env = readEnvironment({ orderTable: cleanupEnv.orderTable }, process.env);
    const withdrawn = await withdraw(recipe, documentsOf(createDynamoDb()), env.orderTable);
    console.log(JSON.stringify({ withdrawn }));
    return 0;
  } catch (error) {
    console.error(`Nothing was withdrawn: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}

async function withdraw(recipe: string, documents: DynamoDBDocumentClient, table: string): Promise<number> {
  let withdrawn = 0;
  for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: table })) {
    for (const order of Items as Order[]) {
      if (order.status === 'RECEIVED' && order.items.some((item) => item.recipe === recipe)) {
        withdrawn += (await remove(order, documents, table)) ? 1 : 0;
      }
    }
  }
  return withdrawn;
}

/** Removes an order that still waits; `false` where it was baked or removed in the meantime. */
async function remove({ orderId }: Order, documents: DynamoDBDocumentClient, table: string): Promise<boolean> {
  try {
    await documents.send(
      new DeleteCommand({
        TableName: table,
        Key: { [orderTable.partitionKey]: orderId },
        ConditionExpression: '#status = :received',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':received': 'RECEIVED' },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return false;
    }
    throw error;
  }
}

process.exitCode = await main(process.argv.slice(2));
