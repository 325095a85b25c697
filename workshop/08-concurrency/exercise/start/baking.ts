import type { SQSEvent } from 'aws-lambda';
import { createDynamoDb, documentsOf } from '../../../../functions/adapters/dynamodb-client.ts';
import { OvenTimeParameter } from '../../../../functions/adapters/oven-time-parameter.ts';
import { RecipeBookParameter } from '../../../../functions/adapters/recipe-book-parameter.ts';
import { createSecretsManager } from '../../../../functions/adapters/secrets-manager-client.ts';
import { createSsm } from '../../../../functions/adapters/ssm-client.ts';
import { SupplierKeySecret } from '../../../../functions/adapters/supplier-key-secret.ts';
import { timedOven } from '../../../../functions/adapters/timed-oven.ts';
import { bakingEnv } from '../../../../functions/baking/contract.ts';
import type { Oven } from '../../../../functions/domain/ports.ts';
import { readEnvironment, wholeNumber } from '../../../../functions/runtime/environment.ts';
import { lambdaFunction } from '../../../../functions/runtime/lambda-function.ts';
import { LastBakeWins } from '../../../smells/last-bake-wins.ts';
import { withLocalCalendar } from '../../../smells/local-calendar.ts';
import { createLogFile } from '../../../smells/log-file.ts';
import { withThermograms } from '../../../smells/thermogram.ts';
import { type Bakery, bakeBatch } from './bake-batch.ts';

const env = readEnvironment(bakingEnv, process.env);
const telemetry = createLogFile();
const ssm = createSsm();
const documents = documentsOf(createDynamoDb());

/** The oven of this process. All orders of a batch share it, and so the bound is made once, outside of the handler. */
function ovenWith(_places: number): Oven {
  // TODO: no more than so many cookies at a time. `timedOven` knows no bound; functions/domain/oven.ts has what makes one.
  return timedOven;
}

const bakery: Bakery = {
  orders: withLocalCalendar(withThermograms(new LastBakeWins(documents, env.orderTable))),
  recipeBook: new RecipeBookParameter(ssm, env.recipeBookParameter),
  oven: ovenWith(wholeNumber(bakingEnv.ovenCapacity, env.ovenCapacity, 1)),
  ovenTime: new OvenTimeParameter(ssm, env.ovenTimeParameter),
  supplierKey: new SupplierKeySecret(createSecretsManager(), env.supplierKeySecret),
  journal: telemetry.journal,
  clock: () => new Date(),
};

/** Bakes the orders of a batch from the queue. */
export const handler = lambdaFunction(({ Records }: SQSEvent) => bakeBatch(Records, bakery), telemetry);
