import { createDynamoDb, documentsOf } from '../adapters/dynamodb-client.ts';
import { DynamoDbSatisfactionLedger } from '../adapters/dynamodb-satisfaction-ledger.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { logsFunction } from '../runtime/logs-function.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { analyticsEnv } from './contract.ts';
import { noteBakes, type Secretary } from './note-bakes.ts';

const env = readEnvironment(analyticsEnv, process.env);
const telemetry = createTelemetry();

const secretary: Secretary = {
  ledger: new DynamoDbSatisfactionLedger(documentsOf(createDynamoDb()), env.satisfactionTable),
  journal: telemetry.journal,
};

/** Keeps what the log of other functions says of baked orders. */
export const handler = logsFunction((lines) => noteBakes(lines, secretary), telemetry);
