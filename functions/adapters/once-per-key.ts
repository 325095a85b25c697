import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IdempotencyKeyReused, OrderInProgress } from '../domain/errors.ts';
import type { Order, OrderRequest } from '../domain/order.ts';
import type { TimeLimit } from '../domain/ports.ts';
import { recogniseOwnPuts } from './conditional-write.ts';
import { idempotencyTable } from './contract.ts';

export type PlaceOrder = (request: OrderRequest, timeLimit: TimeLimit) => Promise<Order>;

/** A day: longer than any client goes on trying, and shorter than an order is kept. */
const rememberedSeconds = 24 * 60 * 60;

/**
 * Answers a request whose idempotency key was answered before with that same answer, out of the table of answers.
 *
 * A request without a key is passed through. A key that was left behind by a process that died is free again when the time
 * of that process is over, which is why the time limit goes with the request.
 *
 * @throws IdempotencyKeyReused for a key with another body; OrderInProgress for a key whose first request is not done.
 */
export function oncePerKey(placeOrder: PlaceOrder, client: DynamoDBClient, table: string): PlaceOrder {
  // A key that is taken is one that this very request took, where the answer to taking it was lost.
  recogniseOwnPuts(client);
  const placeOnce = makeIdempotent(placeOrder, {
    keyPrefix: 'order',
    config: new IdempotencyConfig({
      eventKeyJmesPath: 'idempotencyKey',
      payloadValidationJmesPath: '[customer, items]',
      expiresAfterSeconds: rememberedSeconds,
    }),
    persistenceStore: new DynamoDBPersistenceLayer({
      awsSdkV3Client: client,
      tableName: table,
      keyAttr: idempotencyTable.partitionKey,
      expiryAttr: idempotencyTable.timeToLive,
    }),
  });
  return async (request, timeLimit) => {
    try {
      return await placeOnce(request, timeLimit);
    } catch (error) {
      throw refusalFor(error);
    }
  };
}

function refusalFor(error: unknown): unknown {
  if (error instanceof IdempotencyValidationError) {
    return new IdempotencyKeyReused();
  }
  if (error instanceof IdempotencyAlreadyInProgressError) {
    return new OrderInProgress();
  }
  return error;
}
