import {
  type CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';

export interface LogEvent {
  /** Each execution environment has one of its own. */
  readonly stream: string;
  readonly message: string;
}

export interface LogQuery {
  /** The log groups to look in; one that is not there holds nothing, as long as another is. */
  readonly groups: readonly string[];
  /** Milliseconds since 1970. @default - from the first */
  readonly since?: number;
  /** A filter pattern of CloudWatch Logs. Not every endpoint knows more of them than words. @default - all events */
  readonly pattern?: string;
}

/** None of the log groups that a function may write to is there. */
export class LogGroupMissing extends Error {
  override readonly name = 'LogGroupMissing';

  constructor(groups: readonly string[]) {
    super(`This endpoint has none of the log groups ${groups.join(', ')}, so there is no log to read.`);
  }
}

/**
 * The log groups that a function may write to: the one that it is configured with, and `/aws/lambda/<function>`, which is
 * Lambda's default. LocalStack knows no other than the default and ignores the configuration
 * ("Configuring CloudWatch log groups").
 */
export async function logGroupsOf(lambda: LambdaClient, functionName: string): Promise<string[]> {
  const { LoggingConfig } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  const byDefault = `/aws/lambda/${functionName}`;
  return [...new Set([LoggingConfig?.LogGroup ?? byDefault, byDefault])];
}

/** Goes through the events of a log that match. @throws LogGroupMissing */
export async function* eventsOf(client: CloudWatchLogsClient, query: LogQuery): AsyncGenerator<LogEvent> {
  let missing = 0;
  for (const group of query.groups) {
    try {
      yield* eventsIn(client, group, query);
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) {
        throw error;
      }
      missing += 1;
    }
  }
  if (missing === query.groups.length) {
    throw new LogGroupMissing(query.groups);
  }
}

async function* eventsIn(client: CloudWatchLogsClient, group: string, { since, pattern }: LogQuery) {
  const request = {
    logGroupName: group,
    ...(since !== undefined && { startTime: since }),
    ...(pattern && { filterPattern: pattern }),
  };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, request)) {
    for (const { logStreamName = '', message = '' } of events) {
      yield { stream: logStreamName, message };
    }
  }
}
