import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** A line that a function wrote about an order. */
export interface LogLine {
  readonly message: string;
  readonly orderId: string;
}

/** The log groups of functions. */
export async function logGroupsOf(lambda: LambdaClient, functionNames: readonly string[]): Promise<string[]> {
  const configurations = await Promise.all(
    functionNames.map((FunctionName) => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))),
  );
  return configurations.map(
    ({ FunctionName, LoggingConfig }) => LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`,
  );
}

/** The lines of a log group that match a pattern and are about an order. */
export async function linesAbout(
  client: CloudWatchLogsClient,
  logGroupName: string,
  filterPattern: string,
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, filterPattern })) {
    for (const { message = '' } of events) {
      const { message: event, orderId } = JSON.parse(message) as Partial<LogLine>;
      if (event !== undefined && orderId !== undefined) lines.push({ message: event, orderId });
    }
  }
  return lines;
}
