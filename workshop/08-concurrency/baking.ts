import { createDynamoDb, createSecretsManager, createSsm, documentsOf } from '../../functions/adapters/aws-clients.ts';
import { OvenTimeParameter } from '../../functions/adapters/oven-time-parameter.ts';
import { RecipeBookParameter } from '../../functions/adapters/recipe-book-parameter.ts';
import { SupplierKeySecret } from '../../functions/adapters/supplier-key-secret.ts';
import { timedOven } from '../../functions/adapters/timed-oven.ts';
import { type BakeDependencies, openShift } from '../../functions/baking/bake-batch.ts';
import { bakingEnv } from '../../functions/baking/contract.ts';
import { limitOven } from '../../functions/domain/oven.ts';
import { readEnvironment, wholeNumber } from '../../functions/runtime/environment.ts';
import { LastBakeWins } from '../smells/last-bake-wins.ts';
import { withLocalCalendar } from '../smells/local-calendar.ts';
import { createLogFile } from '../smells/log-file.ts';
import { withThermograms } from '../smells/thermogram.ts';
import { wholeBatch } from '../smells/whole-batch.ts';

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

/** Bakes the orders of a batch from the bake queue. */
export const handler = wholeBatch((stop) => openShift(kitchen, stop), telemetry);
