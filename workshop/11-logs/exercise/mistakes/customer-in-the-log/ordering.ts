import { createDynamoDb, documentsOf } from '../../../../../functions/adapters/dynamodb-client.ts';
import { DynamoDbOrderStore } from '../../../../../functions/adapters/dynamodb-order-store.ts';
import { DynamoDbPastOrders } from '../../../../../functions/adapters/dynamodb-past-orders.ts';
import { RecipeBookParameter } from '../../../../../functions/adapters/recipe-book-parameter.ts';
import { SqsBakeQueue } from '../../../../../functions/adapters/sqs-bake-queue.ts';
import { createSqs } from '../../../../../functions/adapters/sqs-client.ts';
import { createSsm } from '../../../../../functions/adapters/ssm-client.ts';
import { cleanupEnv } from '../../../../../functions/cleanup/contract.ts';
import type { OrderRequest } from '../../../../../functions/domain/order.ts';
import type { TimeLimit } from '../../../../../functions/domain/ports.ts';
import { orderingEnv } from '../../../../../functions/ordering/contract.ts';
import { type PlaceOrderDependencies, placeOrder } from '../../../../../functions/ordering/place-order.ts';
import { orderingRoutes } from '../../../../../functions/ordering/routes.ts';
import { readEnvironment, wholeNumber } from '../../../../../functions/runtime/environment.ts';
import { httpFunction } from '../../../../../functions/runtime/http-function.ts';
import { cleanupDoor } from '../../../../smells/cleanup-door.ts';
import { createEventLog } from '../../solution/event-log.ts';

const { keepBakedMinutes, expireMinutes, requeueMinutes } = cleanupEnv;
const env = readEnvironment({ ...orderingEnv, keepBakedMinutes, expireMinutes, requeueMinutes }, process.env);
const telemetry = createEventLog();
const documents = documentsOf(createDynamoDb());
const orders = new DynamoDbOrderStore(documents, env.orderTable);
const pastOrders = new DynamoDbPastOrders(documents, env.orderTable);
const recipeBook = new RecipeBookParameter(createSsm(), env.recipeBookParameter);
const bakeQueue = new SqsBakeQueue(createSqs(), env.bakeQueueUrl);
const { journal } = telemetry;
const clock = () => new Date();
const dependencies: PlaceOrderDependencies = { orders, recipeBook, bakeQueue, journal, clock };

const retention = {
  keepBakedMinutes: wholeNumber(keepBakedMinutes, env.keepBakedMinutes, 0),
  expireMinutes: wholeNumber(expireMinutes, env.expireMinutes, 0),
  requeueMinutes: wholeNumber(requeueMinutes, env.requeueMinutes, 0),
};

/** For whoever wants to know later what was asked for. */
const noteAndPlace = (request: OrderRequest, timeLimit: TimeLimit) => {
  telemetry.logger.info('OrderRequested', { request: { ...request } });
  return placeOrder(request, dependencies, timeLimit);
};

const routes = orderingRoutes({
  placeOrder: noteAndPlace,
  orders,
  recipeBook,
});

/** Takes orders over HTTP, shows them, shows the recipes, and cleans up on request. */
export const handler = httpFunction(
  [...routes, cleanupDoor({ orders: pastOrders, bakeQueue, retention, journal, clock })],
  telemetry,
);
