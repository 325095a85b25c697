import { createDynamoDb, documentsOf } from '../adapters/dynamodb-client.ts';
import { DynamoDbSatisfactionStore } from '../adapters/dynamodb-satisfaction-store.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { logsFunction } from '../runtime/logs-function.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { analyticsEnv } from './contract.ts';
import { type NoteBakesDependencies, noteBakes } from './note-bakes.ts';

const env = readEnvironment(analyticsEnv, process.env);
const telemetry = createTelemetry();

const dependencies: NoteBakesDependencies = {
  satisfaction: new DynamoDbSatisfactionStore(documentsOf(createDynamoDb()), env.satisfactionTable),
  journal: telemetry.journal,
};

/** Keeps what the log of other functions says of baked orders. */
export const handler = logsFunction((lines) => noteBakes(lines, dependencies), telemetry);
