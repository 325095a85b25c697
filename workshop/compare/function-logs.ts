import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** The log group that a function writes to. */
export async function logGroupOf(lambda: LambdaClient, functionName: string): Promise<string> {
  const { LoggingConfig } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  return LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
}

export interface LogEvent {
  /** Each execution environment has one of its own. */
  readonly stream: string;
  readonly message: string;
}

export interface LogQuery {
  readonly group: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** A filter pattern of CloudWatch Logs. @default - all events */
  readonly pattern?: string;
}

/** Goes through the events of a log group that match, since a moment. */
export async function* eventsOf(client: CloudWatchLogsClient, query: LogQuery): AsyncGenerator<LogEvent> {
  const { group, since, pattern } = query;
  const request = { logGroupName: group, startTime: since, ...(pattern && { filterPattern: pattern }) };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, request)) {
    for (const { logStreamName = '', message = '' } of events) yield { stream: logStreamName, message };
  }
}

/** How many bakes of each order the log tells of. */
export async function bakesIn(events: AsyncIterable<LogEvent>): Promise<Map<string, number>> {
  const bakes = new Map<string, number>();
  for await (const { message } of events) {
    const orderId = bakedOrderIn(message);
    if (orderId !== undefined) bakes.set(orderId, (bakes.get(orderId) ?? 0) + 1);
  }
  return bakes;
}

function bakedOrderIn(line: string): string | undefined {
  try {
    const { message, orderId } = JSON.parse(line) as { message?: unknown; orderId?: unknown };
    return message === 'OrderBaked' && typeof orderId === 'string' ? orderId : undefined;
  } catch {
    return undefined;
  }
}

/** What a function did, by its log. */
export interface Activity {
  /** Invocations by log stream, which is to say by execution environment. */
  readonly invocations: Readonly<Record<string, number>>;
  /** Memory size times billed duration. */
  readonly gbSeconds: number;
  readonly logBytes: number;
}

/** What Lambda writes of each invocation when it is over ("Sending Lambda function logs to CloudWatch Logs"). */
const REPORT = /^REPORT RequestId: .*\tBilled Duration: (\d+) ms\tMemory Size: (\d+) MB/;

/** Sums up what a function did. Events of a pattern would not do: their bytes are counted, too. */
export async function activityIn(events: AsyncIterable<LogEvent>): Promise<Activity> {
  const invocations: Record<string, number> = {};
  let [megabyteMilliseconds, logBytes] = [0, 0];
  for await (const { stream, message } of events) {
    logBytes += Buffer.byteLength(message);
    const [, milliseconds, megabytes] = REPORT.exec(message) ?? [];
    if (milliseconds === undefined) continue;
    invocations[stream] = (invocations[stream] ?? 0) + 1;
    megabyteMilliseconds += Number(milliseconds) * Number(megabytes);
  }
  return { invocations, gbSeconds: megabyteMilliseconds / 1024 / 1000, logBytes };
}
