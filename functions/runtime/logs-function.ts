import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { MiddyfiedHandler } from '@middy/core';
import * as z from 'zod/mini';
import type { LogLine } from '../domain/log-line.ts';
import { lambdaFunction } from './lambda-function.ts';
import type { Telemetry } from './telemetry.ts';

const envelope = z.object({ awslogs: z.object({ data: z.string() }) });

const content = z.object({
  /** `CONTROL_MESSAGE` is how CloudWatch Logs tries out whether anybody is there. */
  messageType: z.enum(['DATA_MESSAGE', 'CONTROL_MESSAGE']),
  logEvents: z.array(z.object({ id: z.string(), message: z.string() })),
});

/** Many times what CloudWatch Logs packs into one event, and far from what a function has memory for. */
const contentLimitBytes = 32 * 1024 * 1024;

const unpack = promisify(gunzip);

/** An event that is not one of a subscription to a log. */
export class UnreadableLog extends Error {
  override readonly name = 'UnreadableLog';

  constructor(why: string, cause?: unknown) {
    super(`The event is not one of CloudWatch Logs: ${why}`, { cause });
  }
}

/** Makes a Lambda handler of the work on some lines of a log, for a subscription filter of CloudWatch Logs. */
export function logsFunction(
  work: (lines: readonly LogLine[]) => Promise<void>,
  telemetry: Telemetry,
): MiddyfiedHandler<unknown, void> {
  return lambdaFunction(async (event) => {
    const lines = await readLines(event);
    if (lines.length > 0) {
      await work(lines);
    }
  }, telemetry);
}

/**
 * The lines in an event of CloudWatch Logs, which are gzipped, and in base64; none in a control message.
 *
 * @throws UnreadableLog
 */
export async function readLines(event: unknown): Promise<readonly LogLine[]> {
  const { data } = envelope.safeParse(event).data?.awslogs ?? {};
  if (data === undefined) {
    throw new UnreadableLog('there is no awslogs.data');
  }
  const result = content.safeParse(await decode(data));
  if (!result.success) {
    throw new UnreadableLog(
      `its content is wrong at ${result.error.issues.map(({ path }) => path.join('.')).join(', ')}`,
    );
  }
  return result.data.messageType === 'CONTROL_MESSAGE' ? [] : result.data.logEvents;
}

async function decode(data: string): Promise<unknown> {
  try {
    const text = await unpack(Buffer.from(data, 'base64'), { maxOutputLength: contentLimitBytes });
    return JSON.parse(text.toString());
  } catch (error) {
    throw new UnreadableLog('its data is not JSON, gzipped, in base64', error);
  }
}
