import { createDynamoDb, documentsOf } from '../../../../functions/adapters/dynamodb-client.ts';
import { DynamoDbOrderStore } from '../../../../functions/adapters/dynamodb-order-store.ts';
import { RecipeBookParameter } from '../../../../functions/adapters/recipe-book-parameter.ts';
import { SqsBakeQueue } from '../../../../functions/adapters/sqs-bake-queue.ts';
import { createSqs } from '../../../../functions/adapters/sqs-client.ts';
import { createSsm } from '../../../../functions/adapters/ssm-client.ts';
import { orderingEnv } from '../../../../functions/ordering/contract.ts';
import { type PlaceOrderDependencies, placeOrder } from '../../../../functions/ordering/place-order.ts';
import { orderingRoutes } from '../../../../functions/ordering/routes.ts';
import { readEnvironment } from '../../../../functions/runtime/environment.ts';
import { httpFunction } from '../../../../functions/runtime/http-function.ts';
import { createTelemetry } from '../../../../functions/runtime/telemetry.ts';

const env = readEnvironment(orderingEnv, process.env);
const telemetry = createTelemetry();
const documents = documentsOf(createDynamoDb());
const orders = new DynamoDbOrderStore(documents, env.orderTable);
const recipeBook = new RecipeBookParameter(createSsm(), env.recipeBookParameter);
const bakeQueue = new SqsBakeQueue(createSqs(), env.bakeQueueUrl);
const { journal } = telemetry;
const clock = () => new Date();
const dependencies: PlaceOrderDependencies = { orders, recipeBook, bakeQueue, journal, clock };

const routes = orderingRoutes({
  placeOrder: (request, timeLimit) => placeOrder(request, dependencies, timeLimit),
  orders,
  recipeBook,
});

/** Takes orders over HTTP, shows them, and shows the recipes. */
export const handler = httpFunction(routes, telemetry);
