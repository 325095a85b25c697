import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { connect } from '../dynamodb.fixture.ts';

/** Powertools' own persistence layer, which relies on conditions, updates and the item that failed a condition. */
async function idempotent<Answer>(work: (order: { key: string; customer: string }) => Promise<Answer>) {
  const client = await connect();
  await client.createTable({
    TableName: 'idempotency',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  });
  const config = new IdempotencyConfig({ eventKeyJmesPath: 'key', payloadValidationJmesPath: 'customer' });
  config.registerLambdaContext({ getRemainingTimeInMillis: () => 10_000 } as Context);
  return makeIdempotent(work, {
    persistenceStore: new DynamoDBPersistenceLayer({ tableName: 'idempotency', awsSdkV3Client: client }),
    config,
  });
}

test('work is done once for a key, and its answer remembered', async () => {
  let times = 0;
  const work = await idempotent(async () => ({ times: ++times }));
  expect(await work({ key: 'k', customer: 'Ada' })).toEqual({ times: 1 });
  expect(await work({ key: 'k', customer: 'Ada' })).toEqual({ times: 1 });
  expect(await work({ key: 'other', customer: 'Ada' })).toEqual({ times: 2 });
});

test('a key with another payload is refused', async () => {
  const work = await idempotent(async () => ({ done: true }));
  await work({ key: 'k', customer: 'Ada' });
  await expect(work({ key: 'k', customer: 'Eve' })).rejects.toMatchObject({ name: 'IdempotencyValidationError' });
});

test('work that is under way is not begun again; work that failed is', async () => {
  const [started, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const work = await idempotent(async () => {
    started.resolve();
    await finish.promise;
    return { done: true };
  });
  const first = work({ key: 'k', customer: 'Ada' });
  await started.promise;
  await expect(work({ key: 'k', customer: 'Ada' })).rejects.toMatchObject({
    name: 'IdempotencyAlreadyInProgressError',
  });
  finish.reject(new Error('no flour'));
  await expect(first).rejects.toThrow('no flour');
  await expect(work({ key: 'k', customer: 'Ada' })).rejects.toThrow('no flour');
});
