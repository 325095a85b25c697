import { createDynamoDb, documentsOf } from '../../../../functions/adapters/dynamodb-client.ts';
import { DynamoDbOrderCensus } from '../../../../functions/adapters/dynamodb-order-census.ts';
import { takeCensus } from '../../../../functions/domain/census.ts';
import type { OrderCensus } from '../../../../functions/domain/ports.ts';
import { metricsEnv } from '../../../../functions/metrics/contract.ts';
import { readEnvironment } from '../../../../functions/runtime/environment.ts';
import { type HttpRoute, httpFunction } from '../../../../functions/runtime/http-function.ts';
import { createLogFile } from '../../../smells/log-file.ts';
import { metricsPage } from '../../../smells/metrics-page.ts';

const { orderTable } = metricsEnv;
const env = readEnvironment({ orderTable }, process.env);
const telemetry = createLogFile();

/** All that this service answers: `GET /metrics`, and nothing of the shop. */
const routesOf = (census: OrderCensus): HttpRoute[] => [metricsPage(() => takeCensus(census.pages()))];

/** Counts orders. */
export const handler = httpFunction(
  routesOf(new DynamoDbOrderCensus(documentsOf(createDynamoDb()), env.orderTable)),
  telemetry,
);
