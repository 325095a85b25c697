import { createHmac, randomBytes } from 'node:crypto';
import { timedOven } from '../../functions/adapters/timed-oven.ts';
import { type BakeDependencies, openShift } from '../../functions/baking/bake-batch.ts';
import { bakeWork } from '../../functions/domain/contract.ts';
import { limitOven } from '../../functions/domain/oven.ts';
import type { BakeQueue } from '../../functions/domain/ports.ts';
import { type PlaceOrderDependencies, placeOrder } from '../../functions/ordering/place-order.ts';
import { orderingRoutes } from '../../functions/ordering/routes.ts';
import { wholeNumber } from '../../functions/runtime/environment.ts';
import { httpFunction } from '../../functions/runtime/http-function.ts';
import { createTelemetry } from '../../functions/runtime/telemetry.ts';
import { OrderDrawer } from '../smells/order-drawer.ts';
import { recipesInSource } from '../smells/recipes-in-source.ts';

const ovenMs = wholeNumber('OVEN_MILLISECONDS', process.env['OVEN_MILLISECONDS'] ?? '20', 0);
const key = randomBytes(32);
const { journal, ...telemetry } = createTelemetry();
const orders = new OrderDrawer();
const clock = () => new Date();

const kitchen: BakeDependencies = {
  orders,
  recipeBook: recipesInSource,
  oven: limitOven(timedOven, bakeWork.ovenPlaces),
  ovenTime: { milliseconds: async () => ovenMs },
  supplierKey: { signer: async () => (statement) => createHmac('sha256', key).update(statement).digest('hex') },
  journal,
  clock,
};
const bake = await openShift(kitchen, new AbortController().signal);

/** There is no queue: what is to be baked is baked by this process, and forgotten with it. */
const bakeQueue: BakeQueue = {
  put: async (ticket) => {
    bake({ messageId: ticket.orderId, body: JSON.stringify(ticket) }).catch(() => undefined);
  },
};
const dependencies: PlaceOrderDependencies = { orders, bakeQueue, recipeBook: recipesInSource, journal, clock };

/**
 * The kitchen as a stateful server: it takes orders, keeps them in its memory and bakes them in the background, with the
 * factory's own domain code. It calls no other service. A failed bake is in the journal and is not tried again.
 */
export const handler = httpFunction(
  orderingRoutes({
    placeOrder: (request, timeLimit) => placeOrder(request, dependencies, timeLimit),
    orders,
    recipeBook: recipesInSource,
  }),
  { journal, ...telemetry },
);
