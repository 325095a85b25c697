import { createHmac } from 'node:crypto';
import { timedOven } from '../../../../../functions/adapters/timed-oven.ts';
import { orderingRoutes } from '../../../../../functions/ordering/routes.ts';
import { httpFunction } from '../../../../../functions/runtime/http-function.ts';
import { type BakeInlineDependencies, bakeInline } from '../../../../smells/bake-inline.ts';
import { cleanupDoor, noQueue } from '../../../../smells/cleanup-door.ts';
import { localBestBefore } from '../../../../smells/local-calendar.ts';
import { createLogFile } from '../../../../smells/log-file.ts';
import { metricsPage } from '../../../../smells/metrics-page.ts';
import { OrderDrawer } from '../../../../smells/order-drawer.ts';
import { sprinkledPrices } from '../../../../smells/sprinkled-prices.ts';
import { Tally } from '../../../../smells/tally.ts';
import { keepThermogram } from '../../../../smells/thermogram.ts';
import { recipes } from '../../solution/recipes.ts';
import { settingsOf } from '../../solution/settings.ts';

const settings = settingsOf(process.env['AWS_LAMBDA_FUNCTION_NAME']);
const telemetry = createLogFile();
const orders = new OrderDrawer();
const tally = new Tally();
const journal = tally.watching(telemetry.journal);
const clock = () => new Date();
// Grandma wants to try the new one in Dev first.
const isDev = process.env['AWS_LAMBDA_FUNCTION_NAME']?.includes('-Dev-');
const book = recipes.map((recipe) =>
  isDev && recipe.name === 'chocolate-chip' ? { ...recipe, priceCents: 145 } : recipe,
);
const recipeBook = { recipes: async () => new Map(book.map((recipe) => [recipe.name, recipe])) };

const kitchen: BakeInlineDependencies = {
  orders,
  bakes: orders,
  recipeBook,
  price: sprinkledPrices,
  oven: timedOven,
  ovenTime: { milliseconds: async () => settings.ovenMilliseconds },
  supplierKey: {
    signer: async () => (statement) => createHmac('sha256', settings.supplierKey).update(statement).digest('hex'),
  },
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
    metricsPage(() => tally.count()),
    cleanupDoor({ orders, bakeQueue: noQueue, retention: settings.retention, journal, clock }),
  ],
  telemetry,
);
