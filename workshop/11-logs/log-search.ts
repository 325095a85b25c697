import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { eventsOf } from '../experiment/function-log.ts';

/** A line that a function wrote about an order. */
export interface LogLine {
  readonly message: string;
  readonly orderId: string;
}

/** Finds the lines about an order, or of an event, in the log groups of a function. */
export async function linesAbout(
  client: CloudWatchLogsClient,
  groups: readonly string[],
  [member, value]: readonly [member: keyof LogLine, value: string],
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  const pattern = `{ $.${member} = "${value}" }`;
  for await (const { message } of eventsOf(client, { groups, pattern })) {
    const line = lineIn(message);
    // An endpoint that takes no such pattern gives every line.
    if (line?.[member] === value) {
      lines.push(line);
    }
  }
  return lines;
}

function lineIn(text: string): LogLine | undefined {
  try {
    const { message, orderId } = JSON.parse(text) as Partial<LogLine>;
    return message !== undefined && orderId !== undefined ? { message, orderId } : undefined;
  } catch {
    return undefined;
  }
}
