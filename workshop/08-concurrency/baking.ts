import type { SQSEvent } from 'aws-lambda';
import { createDynamoDb, documentsOf } from '../../functions/adapters/dynamodb-client.ts';
import { OvenTimeParameter } from '../../functions/adapters/oven-time-parameter.ts';
import { RecipeBookParameter } from '../../functions/adapters/recipe-book-parameter.ts';
import { createSecretsManager } from '../../functions/adapters/secrets-manager-client.ts';
import { createSsm } from '../../functions/adapters/ssm-client.ts';
import { SupplierKeySecret } from '../../functions/adapters/supplier-key-secret.ts';
import { timedOven } from '../../functions/adapters/timed-oven.ts';
import { type BakeDependencies, openShift } from '../../functions/baking/bake-batch.ts';
import { bakingEnv } from '../../functions/baking/contract.ts';
import { limitOven } from '../../functions/domain/oven.ts';
import { readEnvironment, wholeNumber } from '../../functions/runtime/environment.ts';
import { lambdaFunction } from '../../functions/runtime/lambda-function.ts';
import { LastBakeWins } from '../smells/last-bake-wins.ts';
import { withLocalCalendar } from '../smells/local-calendar.ts';
import { createLogFile } from '../smells/log-file.ts';
import { withThermograms } from '../smells/thermogram.ts';

const env = readEnvironment(bakingEnv, process.env);
const telemetry = createLogFile();
const ssm = createSsm();
const documents = documentsOf(createDynamoDb());

const kitchen: BakeDependencies = {
  orders: withLocalCalendar(withThermograms(new LastBakeWins(documents, env.orderTable))),
  recipeBook: new RecipeBookParameter(ssm, env.recipeBookParameter),
  oven: limitOven(timedOven, wholeNumber(bakingEnv.ovenCapacity, env.ovenCapacity, 1)),
  ovenTime: new OvenTimeParameter(ssm, env.ovenTimeParameter),
  supplierKey: new SupplierKeySecret(createSecretsManager(), env.supplierKeySecret),
  journal: telemetry.journal,
  clock: () => new Date(),
};

/**
 * Bakes the orders of a batch side by side, all or nothing: if one fails, all of them come back, those that are done too.
 * It takes the time it takes; if that is more than the function has, everything comes back as well.
 */
export const handler = lambdaFunction(async ({ Records }: SQSEvent) => {
  const bake = await openShift(kitchen, new AbortController().signal);
  await Promise.all(Records.map((record) => bake(record)));
}, telemetry);
