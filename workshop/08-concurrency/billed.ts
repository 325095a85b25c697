import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { eventsOf, logGroupsOf } from '../experiment/function-log.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { until } from '../experiment/until.ts';
import { bakers } from './oven-knob.ts';

/** What Lambda writes of each invocation when it is over ("Sending Lambda function logs to CloudWatch Logs"). */
const report = /^REPORT RequestId: .*\tBilled Duration: (\d+) ms/;

/**
 * Milliseconds that Lambda has billed since a time, for the longest invocation of each function that has to do with an order.
 *
 * @param since - Milliseconds since 1970.
 */
export async function billedSince(
  since: number,
  snapshot: SnapshotUnderTest,
  { lambda, logs }: { readonly lambda: LambdaClient; readonly logs: CloudWatchLogsClient },
): Promise<number | undefined> {
  const look = async () => {
    const longest = await Promise.all(
      bakers(snapshot).map(async (name) => {
        const events = eventsOf(logs, { groups: await logGroupsOf(lambda, name), since, pattern: 'REPORT' });
        let most: number | undefined;
        for await (const { message } of events) {
          const [, milliseconds] = report.exec(message) ?? [];
          most = milliseconds === undefined ? most : Math.max(most ?? 0, Number(milliseconds));
        }
        return most;
      }),
    );
    return longest.every((one) => one !== undefined) ? longest.reduce((sum, one) => sum + one, 0) : undefined;
  };
  return await until(look, { within: 5_000, signal: snapshot.signal });
}
