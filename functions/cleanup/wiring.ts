import { createDynamoDb, documentsOf } from '../adapters/dynamodb-client.ts';
import { DynamoDbPastOrders } from '../adapters/dynamodb-past-orders.ts';
import { SqsBakeQueue } from '../adapters/sqs-bake-queue.ts';
import { createSqs } from '../adapters/sqs-client.ts';
import type { Journal } from '../domain/ports.ts';
import { readEnvironment, wholeNumber } from '../runtime/environment.ts';
import type { CleanUpDependencies } from './clean-up.ts';
import { cleanupEnv } from './contract.ts';

/**
 * The dependencies that an environment describes: the same for the function and for the process.
 *
 * @throws InvalidEnvironment
 */
export function cleanUpDependencies(environment: NodeJS.ProcessEnv, journal: Journal): CleanUpDependencies {
  const env = readEnvironment(cleanupEnv, environment);
  return {
    orders: new DynamoDbPastOrders(documentsOf(createDynamoDb()), env.orderTable),
    bakeQueue: new SqsBakeQueue(createSqs(), env.bakeQueueUrl),
    retention: {
      keepBakedMinutes: wholeNumber(cleanupEnv.keepBakedMinutes, env.keepBakedMinutes, 0),
      expireMinutes: wholeNumber(cleanupEnv.expireMinutes, env.expireMinutes, 0),
      requeueMinutes: wholeNumber(cleanupEnv.requeueMinutes, env.requeueMinutes, 0),
    },
    journal,
    clock: () => new Date(),
    release: env.release,
  };
}
