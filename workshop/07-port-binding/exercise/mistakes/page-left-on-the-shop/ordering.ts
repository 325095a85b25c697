import { createDynamoDb, documentsOf } from '../../../../../functions/adapters/dynamodb-client.ts';
import { DynamoDbOrderCensus } from '../../../../../functions/adapters/dynamodb-order-census.ts';
import { DynamoDbOrderStore } from '../../../../../functions/adapters/dynamodb-order-store.ts';
import { DynamoDbPastOrders } from '../../../../../functions/adapters/dynamodb-past-orders.ts';
import { OvenTimeParameter } from '../../../../../functions/adapters/oven-time-parameter.ts';
import { RecipeBookParameter } from '../../../../../functions/adapters/recipe-book-parameter.ts';
import { createSecretsManager } from '../../../../../functions/adapters/secrets-manager-client.ts';
import { createSsm } from '../../../../../functions/adapters/ssm-client.ts';
import { SupplierKeySecret } from '../../../../../functions/adapters/supplier-key-secret.ts';
import { timedOven } from '../../../../../functions/adapters/timed-oven.ts';
import { bakingEnv } from '../../../../../functions/baking/contract.ts';
import { cleanupEnv } from '../../../../../functions/cleanup/contract.ts';
import { takeCensus } from '../../../../../functions/domain/census.ts';
import { priceItems } from '../../../../../functions/domain/pricing.ts';
import { orderingRoutes } from '../../../../../functions/ordering/routes.ts';
import { readEnvironment, wholeNumber } from '../../../../../functions/runtime/environment.ts';
import { httpFunction } from '../../../../../functions/runtime/http-function.ts';
import { type BakeInlineDependencies, bakeInline } from '../../../../smells/bake-inline.ts';
import { cleanupDoor, noQueue } from '../../../../smells/cleanup-door.ts';
import { LastBakeWins } from '../../../../smells/last-bake-wins.ts';
import { localBestBefore } from '../../../../smells/local-calendar.ts';
import { createLogFile } from '../../../../smells/log-file.ts';
import { metricsPage } from '../../../../smells/metrics-page.ts';
import { keepThermogram } from '../../../../smells/thermogram.ts';

const { orderTable, recipeBookParameter, ovenTimeParameter, supplierKeySecret } = bakingEnv;
const { keepBakedMinutes, expireMinutes } = cleanupEnv;
const env = readEnvironment(
  { orderTable, recipeBookParameter, ovenTimeParameter, supplierKeySecret, keepBakedMinutes, expireMinutes },
  process.env,
);
const telemetry = createLogFile();
const ssm = createSsm();
const documents = documentsOf(createDynamoDb());
const recipeBook = new RecipeBookParameter(ssm, env.recipeBookParameter);
const orders = new DynamoDbOrderStore(documents, env.orderTable);
const pastOrders = new DynamoDbPastOrders(documents, env.orderTable);
const census = new DynamoDbOrderCensus(documents, env.orderTable);
const { journal } = telemetry;
const clock = () => new Date();

const expires = wholeNumber(expireMinutes, env.expireMinutes, 0);
const retention = {
  keepBakedMinutes: wholeNumber(keepBakedMinutes, env.keepBakedMinutes, 0),
  expireMinutes: expires,
  requeueMinutes: expires,
};

const kitchen: BakeInlineDependencies = {
  orders,
  bakes: new LastBakeWins(documents, env.orderTable),
  recipeBook,
  price: priceItems,
  oven: timedOven,
  ovenTime: new OvenTimeParameter(ssm, env.ovenTimeParameter),
  supplierKey: new SupplierKeySecret(createSecretsManager(), env.supplierKeySecret),
  bestBefore: localBestBefore,
  keep: keepThermogram,
  journal,
  clock,
};

const routes = orderingRoutes({ placeOrder: (request) => bakeInline(request, kitchen), orders, recipeBook });

/** Takes orders and bakes them, in every deploy. */
export const handler = httpFunction(
  [
    ...routes,
    metricsPage(() => takeCensus(census.pages())),
    cleanupDoor({ orders: pastOrders, bakeQueue: noQueue, retention, journal, clock }),
  ],
  telemetry,
);
