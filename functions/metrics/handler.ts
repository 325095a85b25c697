import { setTimeout as pause } from 'node:timers/promises';
import { createDynamoDb, documentsOf } from '../adapters/dynamodb-client.ts';
import { DynamoDbOrderCensus } from '../adapters/dynamodb-order-census.ts';
import { DynamoDbSatisfactionStore } from '../adapters/dynamodb-satisfaction-store.ts';
import { readEnvironment, wholeNumber } from '../runtime/environment.ts';
import { httpFunction } from '../runtime/http-function.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { metricsEnv } from './contract.ts';
import { censusRoutes } from './routes.ts';
import { satisfactionRoutes } from './satisfaction-routes.ts';

const env = readEnvironment(metricsEnv, process.env);
const telemetry = createTelemetry();
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
