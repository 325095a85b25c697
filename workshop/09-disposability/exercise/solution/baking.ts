import type { Context, SQSEvent } from 'aws-lambda';
import { createDynamoDb, documentsOf } from '../../../../functions/adapters/dynamodb-client.ts';
import { OvenTimeParameter } from '../../../../functions/adapters/oven-time-parameter.ts';
import { RecipeBookParameter } from '../../../../functions/adapters/recipe-book-parameter.ts';
import { createSecretsManager } from '../../../../functions/adapters/secrets-manager-client.ts';
import { createSsm } from '../../../../functions/adapters/ssm-client.ts';
import { SupplierKeySecret } from '../../../../functions/adapters/supplier-key-secret.ts';
import { timedOven } from '../../../../functions/adapters/timed-oven.ts';
import { type BakeDependencies, openShift } from '../../../../functions/baking/bake-batch.ts';
import { bakingEnv } from '../../../../functions/baking/contract.ts';
import { limitOven } from '../../../../functions/domain/oven.ts';
import { readEnvironment, wholeNumber } from '../../../../functions/runtime/environment.ts';
import { lambdaFunction } from '../../../../functions/runtime/lambda-function.ts';
import { withLocalCalendar } from '../../../smells/local-calendar.ts';
import { createLogFile } from '../../../smells/log-file.ts';
import { BakeRecords } from './bake-records.ts';
import { handleBatch } from './batch.ts';

const env = readEnvironment(bakingEnv, process.env);
const telemetry = createLogFile();
const ssm = createSsm();
const documents = documentsOf(createDynamoDb());

const kitchen: BakeDependencies = {
  orders: withLocalCalendar(new BakeRecords(documents, env.orderTable)),
  recipeBook: new RecipeBookParameter(ssm, env.recipeBookParameter),
  oven: limitOven(timedOven, wholeNumber(bakingEnv.ovenCapacity, env.ovenCapacity, 1)),
  ovenTime: new OvenTimeParameter(ssm, env.ovenTimeParameter),
  supplierKey: new SupplierKeySecret(createSecretsManager(), env.supplierKeySecret),
  journal: telemetry.journal,
  clock: () => new Date(),
};

/** Bakes the orders of a batch side by side; one that fails goes back alone. */
export const handler = lambdaFunction(
  (event: SQSEvent, context: Context) => handleBatch(event, context, (stop) => openShift(kitchen, stop)),
  telemetry,
);
