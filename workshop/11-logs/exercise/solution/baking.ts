import { DynamoDbBakeRecords } from '../../../../functions/adapters/dynamodb-bake-records.ts';
import { createDynamoDb, documentsOf } from '../../../../functions/adapters/dynamodb-client.ts';
import { OvenTimeParameter } from '../../../../functions/adapters/oven-time-parameter.ts';
import { RecipeBookParameter } from '../../../../functions/adapters/recipe-book-parameter.ts';
import { createSecretsManager } from '../../../../functions/adapters/secrets-manager-client.ts';
import { createSsm } from '../../../../functions/adapters/ssm-client.ts';
import { SupplierKeySecret } from '../../../../functions/adapters/supplier-key-secret.ts';
import { timedOven } from '../../../../functions/adapters/timed-oven.ts';
import { type BakeDependencies, openShift } from '../../../../functions/baking/bake-batch.ts';
import { bakingEnv } from '../../../../functions/baking/contract.ts';
import { bakeWork } from '../../../../functions/domain/contract.ts';
import { limitOven } from '../../../../functions/domain/oven.ts';
import { readEnvironment, wholeNumber } from '../../../../functions/runtime/environment.ts';
import { queueFunction } from '../../../../functions/runtime/queue-function.ts';
import { createEventLog } from './event-log.ts';

const env = readEnvironment(bakingEnv, process.env);
const telemetry = createEventLog();
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
