import { createDynamoDb, createSqs, createSsm, documentsOf } from '../../functions/adapters/aws-clients.ts';
import { DynamoDbOrderStore } from '../../functions/adapters/dynamodb-order-store.ts';
import { RecipeBookParameter } from '../../functions/adapters/recipe-book-parameter.ts';
import { SqsBakeQueue } from '../../functions/adapters/sqs-bake-queue.ts';
import { cleanupEnv } from '../../functions/cleanup/contract.ts';
import { orderingEnv } from '../../functions/ordering/contract.ts';
import type { PlaceOrderDependencies } from '../../functions/ordering/place-order.ts';
import { orderingRoutes } from '../../functions/ordering/routes.ts';
import { readEnvironment, wholeNumber } from '../../functions/runtime/environment.ts';
import { httpFunction } from '../../functions/runtime/http-function.ts';
import { cleanupDoor } from '../smells/cleanup-door.ts';
import { createLogFile } from '../smells/log-file.ts';
import { placeAndHope } from '../smells/place-and-hope.ts';

const { orderTable, recipeBookParameter, bakeQueueUrl } = orderingEnv;
const { keepBakedMinutes, expireMinutes } = cleanupEnv;
const env = readEnvironment(
  { orderTable, recipeBookParameter, bakeQueueUrl, keepBakedMinutes, expireMinutes },
  process.env,
);
const telemetry = createLogFile();
const documents = documentsOf(createDynamoDb());
const orders = new DynamoDbOrderStore(documents, env.orderTable);
const recipeBook = new RecipeBookParameter(createSsm(), env.recipeBookParameter);
const bakeQueue = new SqsBakeQueue(createSqs(), env.bakeQueueUrl);
const { journal } = telemetry;
const clock = () => new Date();
const dependencies: PlaceOrderDependencies = { orders, recipeBook, bakeQueue, journal, clock };

// Whatever is on the queue is somebody else's business: nothing is ever put back on it.
const expires = wholeNumber(expireMinutes, env.expireMinutes, 0);
const retention = {
  keepBakedMinutes: wholeNumber(keepBakedMinutes, env.keepBakedMinutes, 0),
  expireMinutes: expires,
  requeueMinutes: expires,
};

const routes = orderingRoutes({
  placeOrder: (request) => placeAndHope(request, dependencies),
  orders,
  recipeBook,
});

/** Takes orders over HTTP, shows them, shows the recipes, and cleans up when somebody knocks. */
export const handler = httpFunction(
  [...routes, cleanupDoor({ orders, bakeQueue, retention, journal, clock })],
  telemetry,
);
