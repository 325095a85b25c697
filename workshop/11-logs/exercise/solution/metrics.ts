import { setTimeout as pause } from 'node:timers/promises';
import { createDynamoDb, documentsOf } from '../../../../functions/adapters/dynamodb-client.ts';
import { DynamoDbOrderCensus } from '../../../../functions/adapters/dynamodb-order-census.ts';
import { DynamoDbSatisfactionStore } from '../../../../functions/adapters/dynamodb-satisfaction-store.ts';
import { metricsEnv } from '../../../../functions/metrics/contract.ts';
import { censusRoutes } from '../../../../functions/metrics/routes.ts';
import { satisfactionRoutes } from '../../../../functions/metrics/satisfaction-routes.ts';
import { readEnvironment, wholeNumber } from '../../../../functions/runtime/environment.ts';
import { httpFunction } from '../../../../functions/runtime/http-function.ts';
import { createEventLog } from './event-log.ts';

const env = readEnvironment(metricsEnv, process.env);
const telemetry = createEventLog();
const documents = documentsOf(createDynamoDb());
const census = new DynamoDbOrderCensus(documents, env.orderTable);
const satisfaction = new DynamoDbSatisfactionStore(documents, env.satisfactionTable);
const promisedSeconds = wholeNumber(metricsEnv.promisedSeconds, env.promisedSeconds, 1);

/** Counts orders, and tells how satisfied customers are. */
export const handler = httpFunction(
  [
    ...censusRoutes({ census, journal: telemetry.journal, clock: () => new Date(), pause }),
    ...satisfactionRoutes({ satisfaction, promisedSeconds }),
  ],
  telemetry,
);
