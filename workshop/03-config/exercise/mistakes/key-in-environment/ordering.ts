import { createHmac } from 'node:crypto';
import { createSsm } from '../../../../../functions/adapters/ssm-client.ts';
import { timedOven } from '../../../../../functions/adapters/timed-oven.ts';
import { bakingEnv } from '../../../../../functions/baking/contract.ts';
import { cleanupEnv } from '../../../../../functions/cleanup/contract.ts';
import { priceItems } from '../../../../../functions/domain/pricing.ts';
import { orderingRoutes } from '../../../../../functions/ordering/routes.ts';
import { readEnvironment, wholeNumber } from '../../../../../functions/runtime/environment.ts';
import { httpFunction } from '../../../../../functions/runtime/http-function.ts';
import { type BakeInlineDependencies, bakeInline } from '../../../../smells/bake-inline.ts';
import { cleanupDoor, noQueue } from '../../../../smells/cleanup-door.ts';
import { localBestBefore } from '../../../../smells/local-calendar.ts';
import { createLogFile } from '../../../../smells/log-file.ts';
import { metricsPage } from '../../../../smells/metrics-page.ts';
import { OrderDrawer } from '../../../../smells/order-drawer.ts';
import { recipesInSource } from '../../../../smells/recipes-in-source.ts';
import { Tally } from '../../../../smells/tally.ts';
import { keepThermogram } from '../../../../smells/thermogram.ts';
import { ovenTimeSetting } from '../../solution/oven-time-setting.ts';

const { ovenTimeParameter } = bakingEnv;
const { keepBakedMinutes, expireMinutes } = cleanupEnv;
const supplierKey = 'SUPPLIER_KEY';
const env = readEnvironment({ ovenTimeParameter, supplierKey, keepBakedMinutes, expireMinutes }, process.env);
const telemetry = createLogFile();
const orders = new OrderDrawer();
const tally = new Tally();
const journal = tally.watching(telemetry.journal);
const clock = () => new Date();

const expires = wholeNumber(expireMinutes, env.expireMinutes, 0);
const retention = {
  keepBakedMinutes: wholeNumber(keepBakedMinutes, env.keepBakedMinutes, 0),
  expireMinutes: expires,
  requeueMinutes: expires,
};

const kitchen: BakeInlineDependencies = {
  orders,
  bakes: orders,
  recipeBook: recipesInSource,
  price: priceItems,
  oven: timedOven,
  ovenTime: ovenTimeSetting(createSsm(), env.ovenTimeParameter),
  supplierKey: {
    signer: async () => (statement) => createHmac('sha256', env.supplierKey).update(statement).digest('hex'),
  },
  bestBefore: localBestBefore,
  keep: keepThermogram,
  journal,
  clock,
};

const routes = orderingRoutes({
  placeOrder: (request) => bakeInline(request, kitchen),
  orders,
  recipeBook: recipesInSource,
});

/** Takes orders and bakes them, in every deploy. */
export const handler = httpFunction(
  [...routes, metricsPage(() => tally.count()), cleanupDoor({ orders, bakeQueue: noQueue, retention, journal, clock })],
  telemetry,
);
