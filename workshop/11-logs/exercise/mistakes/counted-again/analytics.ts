import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { createDynamoDb, documentsOf } from '../../../../../functions/adapters/dynamodb-client.ts';
import { DynamoDbSatisfactionStore } from '../../../../../functions/adapters/dynamodb-satisfaction-store.ts';
import { analyticsEnv } from '../../../../../functions/analytics/contract.ts';
import { readNotice } from '../../../../../functions/analytics/schema.ts';
import { readEnvironment } from '../../../../../functions/runtime/environment.ts';
import { lambdaFunction } from '../../../../../functions/runtime/lambda-function.ts';
import { createEventLog } from '../../solution/event-log.ts';

const env = readEnvironment(analyticsEnv, process.env);
const satisfaction = new DynamoDbSatisfactionStore(documentsOf(createDynamoDb()), env.satisfactionTable);

/** Keeps what the log of other functions says of baked orders, whenever a subscription sends some lines of it. */
export const handler = lambdaFunction(async ({ awslogs }: CloudWatchLogsEvent): Promise<void> => {
  const text = gunzipSync(Buffer.from(awslogs.data, 'base64')).toString();
  const { logEvents } = JSON.parse(text) as CloudWatchLogsDecodedData;
  const notices = logEvents.map(({ message }) => readNotice({ id: crypto.randomUUID(), message }));
  await satisfaction.keep(notices.filter((notice) => notice !== undefined));
}, createEventLog());
