import { DynamoDbBakeRecords } from '../adapters/dynamodb-bake-records.ts';
import { createDynamoDb, documentsOf } from '../adapters/dynamodb-client.ts';
import { OvenTimeParameter } from '../adapters/oven-time-parameter.ts';
import { RecipeBookParameter } from '../adapters/recipe-book-parameter.ts';
import { createSecretsManager } from '../adapters/secrets-manager-client.ts';
import { createSsm } from '../adapters/ssm-client.ts';
import { SupplierKeySecret } from '../adapters/supplier-key-secret.ts';
import { timedOven } from '../adapters/timed-oven.ts';
import { bakeWork } from '../domain/contract.ts';
import { limitOven } from '../domain/oven.ts';
import { readEnvironment, wholeNumber } from '../runtime/environment.ts';
import { queueFunction } from '../runtime/queue-function.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { type BakeDependencies, openShift } from './bake-batch.ts';
import { bakingEnv } from './contract.ts';

const env = readEnvironment(bakingEnv, process.env);
const telemetry = createTelemetry();
const ssm = createSsm();
const documents = documentsOf(createDynamoDb());

const kitchen: BakeDependencies = {
  orders: new DynamoDbBakeRecords(documents, env.orderTable),
  recipeBook: new RecipeBookParameter(ssm, env.recipeBookParameter),
  oven: limitOven(timedOven, wholeNumber(bakingEnv.ovenCapacity, env.ovenCapacity, 1)),
  ovenTime: new OvenTimeParameter(ssm, env.ovenTimeParameter, bakeWork.longestOvenMs),
  supplierKey: new SupplierKeySecret(createSecretsManager(), env.supplierKeySecret),
  journal: telemetry.journal,
  clock: () => new Date(),
};

/** Bakes the orders of a batch from the bake queue. */
export const handler = queueFunction((stop) => openShift(kitchen, stop), telemetry);
