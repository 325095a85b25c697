import { createDynamoDb, createSqs, documentsOf } from '../adapters/aws-clients.ts';
import { DynamoDbOrderStore } from '../adapters/dynamodb-order-store.ts';
import { SqsBakeQueue } from '../adapters/sqs-bake-queue.ts';
import { readEnvironment, wholeNumber } from '../runtime/environment.ts';
import { lambdaFunction } from '../runtime/lambda-function.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { type CleaningCrew, cleanUp } from './clean-up.ts';
import { cleanupEnv } from './contract.ts';
import { readTask } from './schema.ts';

const env = readEnvironment(cleanupEnv, process.env);
const telemetry = createTelemetry();

const crew: CleaningCrew = {
  orders: new DynamoDbOrderStore(documentsOf(createDynamoDb()), env.orderTable),
  bakeQueue: new SqsBakeQueue(createSqs(), env.bakeQueueUrl),
  retention: {
    keepBakedMinutes: wholeNumber(cleanupEnv.keepBakedMinutes, env.keepBakedMinutes, 0),
    expireMinutes: wholeNumber(cleanupEnv.expireMinutes, env.expireMinutes, 0),
    requeueMinutes: wholeNumber(cleanupEnv.requeueMinutes, env.requeueMinutes, 0),
  },
  journal: telemetry.journal,
  clock: () => new Date(),
};

/** Cleans up once, on its schedule or by hand, and reports what it did. */
export const handler = lambdaFunction((event: unknown, context) => cleanUp(readTask(event), crew, context), telemetry);
