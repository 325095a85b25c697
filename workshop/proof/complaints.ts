import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { eventsOf, logGroupsOf } from '../experiment/function-log.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';

/** As much of a line as tells what it is about. */
const longest = 200;

/**
 * What the functions of a snapshot complained of in their logs: for each, the first error that one of its processes ended
 * with. A refusal that a function was written to answer is none.
 */
export async function complaintsOf({ outputs, clients }: SnapshotUnderTest): Promise<string[]> {
  const [lambda, logs] = [new LambdaClient(clients), new CloudWatchLogsClient(clients)];
  const functions = Object.entries(outputs()).filter(([name]) => name.endsWith('Function'));
  try {
    const found = functions.map(async ([output, functionName]) => {
      const complaint = await firstComplaint(logs, await logGroupsOf(lambda, functionName));
      return complaint === undefined ? [] : [`The log of ${output} has: ${complaint}`];
    });
    return (await Promise.all(found)).flat();
  } finally {
    lambda.destroy();
    logs.destroy();
  }
}

async function firstComplaint(logs: CloudWatchLogsClient, groups: readonly string[]): Promise<string | undefined> {
  for await (const { message } of eventsOf(logs, { groups })) {
    const complaint = complaintIn(message);
    if (complaint) {
      return complaint.length > longest ? `${complaint.slice(0, longest)} ...` : complaint;
    }
  }
  return undefined;
}

/** What a line of a function's log complains of, if anything: an uncaught error, or a timeout. */
export function complaintIn(line: string): string | undefined {
  const [timeout] = /Task timed out after [\d.]+ seconds/.exec(line) ?? [];
  if (timeout) {
    return timeout;
  }
  // As the runtime writes it, in text and in JSON (Lambda Developer Guide, "Node.js function errors").
  const [, text] = /"errorMessage": ?"((?:[^"\\]|\\.)*)"/.exec(line) ?? [];
  return text === undefined ? undefined : (JSON.parse(`"${text}"`) as string);
}
