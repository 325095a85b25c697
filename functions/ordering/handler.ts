import { createDynamoDb, documentsOf } from '../adapters/dynamodb-client.ts';
import { DynamoDbOrderStore } from '../adapters/dynamodb-order-store.ts';
import { RecipeBookParameter } from '../adapters/recipe-book-parameter.ts';
import { SqsBakeQueue } from '../adapters/sqs-bake-queue.ts';
import { createSqs } from '../adapters/sqs-client.ts';
import { createSsm } from '../adapters/ssm-client.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpFunction } from '../runtime/http-function.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { orderingEnv } from './contract.ts';
import { type PlaceOrderDependencies, placeOrder } from './place-order.ts';
import { orderingRoutes } from './routes.ts';

const env = readEnvironment(orderingEnv, process.env);
const telemetry = createTelemetry();

const orders = new DynamoDbOrderStore(documentsOf(createDynamoDb()), env.orderTable);
const recipeBook = new RecipeBookParameter(createSsm(), env.recipeBookParameter);
const dependencies: PlaceOrderDependencies = {
  orders,
  recipeBook,
  bakeQueue: new SqsBakeQueue(createSqs(), env.bakeQueueUrl),
  journal: telemetry.journal,
  clock: () => new Date(),
};

const routes = orderingRoutes({
  placeOrder: (request, timeLimit) => placeOrder(request, dependencies, timeLimit),
  orders,
  recipeBook,
});

/** Takes orders over HTTP, shows them, and shows the recipes. */
export const handler = httpFunction(routes, telemetry);
