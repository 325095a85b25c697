import type { LogEvent } from '../../experiment/function-log.ts';

/** How many bakes of each order the log tells of. */
export async function bakesIn(events: AsyncIterable<LogEvent>): Promise<Map<string, number>> {
  const bakes = new Map<string, number>();
  for await (const { message } of events) {
    const orderId = bakedOrderIn(message);
    if (orderId !== undefined) {
      bakes.set(orderId, (bakes.get(orderId) ?? 0) + 1);
    }
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
  /** What Lambda reported of each invocation. */
  readonly reports: readonly InvocationReport[];
}

export interface InvocationReport {
  /** What the handler took, in milliseconds. */
  readonly ms: number;
  /** What its environment took to start, where it had to. */
  readonly initMs?: number;
  readonly megabytes: number;
}

/** What Lambda writes of each invocation when it is over ("Sending Lambda function logs to CloudWatch Logs"). */
const report = /^REPORT RequestId: .*\tDuration: ([\d.]+) ms\tBilled Duration: (\d+) ms\tMemory Size: (\d+) MB/;
const initialisation = /\tInit Duration: ([\d.]+) ms/;

/** Sums up what a function did. Events of a pattern would not do: their bytes are counted, too. */
export async function activityIn(events: AsyncIterable<LogEvent>): Promise<Activity> {
  const invocations: Record<string, number> = {};
  const reports: InvocationReport[] = [];
  let [megabyteMilliseconds, logBytes] = [0, 0];
  for await (const { stream, message } of events) {
    logBytes += Buffer.byteLength(message);
    const [, ms, milliseconds, megabytes] = report.exec(message) ?? [];
    if (milliseconds === undefined) {
      continue;
    }
    const initMs = initialisation.exec(message)?.[1];
    reports.push({
      ...{ ms: Number(ms), megabytes: Number(megabytes) },
      ...(initMs !== undefined && { initMs: Number(initMs) }),
    });
    invocations[stream] = (invocations[stream] ?? 0) + 1;
    megabyteMilliseconds += Number(milliseconds) * Number(megabytes);
  }
  return { invocations, gbSeconds: megabyteMilliseconds / 1024 / 1000, logBytes, reports };
}
