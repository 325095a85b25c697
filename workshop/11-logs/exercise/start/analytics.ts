import type { CloudWatchLogsEvent } from 'aws-lambda';
import { lambdaFunction } from '../../../../functions/runtime/lambda-function.ts';
import { createEventLog } from './event-log.ts';

/**
 * Keeps what the log of other functions says of baked orders, whenever a subscription sends some lines of it.
 *
 * `awslogs.data` is JSON, gzipped (`node:zlib`), in base64: `CloudWatchLogsDecodedData` is its type. `readNotice`
 * (functions/analytics/schema.ts) makes a notice of a line and its `id`, and undefined of a line that says anything else. A
 * `DynamoDbSatisfactionStore` (functions/adapters) keeps notices in the table that `analyticsEnv` names, each event once.
 *
 * CloudWatch Logs delivers at least once. Where nothing can be kept the function must fail, and is tried again.
 */
export const handler = lambdaFunction(async (_event: CloudWatchLogsEvent): Promise<void> => {
  throw new Error('TODO: read the lines, and keep what they say of baked orders');
}, createEventLog());
