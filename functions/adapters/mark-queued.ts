import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderReference } from '../domain/order.ts';
import { refusalOf } from './conditional-write.ts';
import { orderTable } from './contract.ts';

/**
 * Notes in the table that an order is on the bake queue, on condition that the order exists: an update would otherwise
 * bring a removed one back, as a torso. An attempt that is repeated finds the condition met, and writes the same once more.
 */
export async function markQueued(
  documents: DynamoDBDocumentClient,
  table: string,
  { orderId, placedAt }: OrderReference,
  queuedAt: Date,
): Promise<void> {
  await refusalOf(
    documents.send(
      new UpdateCommand({
        TableName: table,
        Key: { [orderTable.partitionKey]: orderId },
        UpdateExpression: 'SET queuedAt = :queuedAt',
        ConditionExpression: 'placedAt = :placedAt',
        ExpressionAttributeValues: { ':queuedAt': queuedAt.toISOString(), ':placedAt': placedAt },
      }),
    ),
  );
}
