import { setTimeout as pause } from 'node:timers/promises';
import { createDynamoDb, documentsOf } from '../../functions/adapters/dynamodb-client.ts';
import { DynamoDbOrderCensus } from '../../functions/adapters/dynamodb-order-census.ts';
import { metricsEnv } from '../../functions/metrics/contract.ts';
import { censusRoutes } from '../../functions/metrics/routes.ts';
import { readEnvironment } from '../../functions/runtime/environment.ts';
import { httpFunction } from '../../functions/runtime/http-function.ts';
import { createLogFile } from '../smells/log-file.ts';

const { orderTable } = metricsEnv;
const env = readEnvironment({ orderTable }, process.env);
const telemetry = createLogFile();
const census = new DynamoDbOrderCensus(documentsOf(createDynamoDb()), env.orderTable);

/** Counts orders. */
export const handler = httpFunction(
  censusRoutes({ census, journal: telemetry.journal, clock: () => new Date(), pause }),
  telemetry,
);
