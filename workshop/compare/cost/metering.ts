import { z } from 'zod';
import { fetchFrom } from '../../../client/endpoint/http-request.ts';
import type { Billable } from '../measurement.ts';

/** What the services behind the functions were asked for. */
export type Metered = Required<Pick<Billable, 'dynamodbWriteUnits' | 'dynamodbReadUnits' | 'sqsRequests'>>;

const health = z.object({
  calls: z.record(z.string(), z.number()),
  consumedCapacity: z.object({ readUnits: z.number(), writeUnits: z.number() }),
});

const answersWithin = 15_000;

/**
 * What an embedded endpoint has counted since it started, by its health page. Undefined where another one is: AWS knows it as
 * metrics, minutes later. Requests to SQS are those over HTTP, and not those by which Lambda empties a queue.
 */
export async function meteredAt(endpoint: string): Promise<Metered | undefined> {
  const signal = AbortSignal.timeout(answersWithin);
  const response = await fetchFrom(new URL('/_emulator/health', endpoint), { signal });
  const page = health.safeParse(await response.json().catch(() => undefined));
  if (!page.success) {
    return undefined;
  }
  const { calls, consumedCapacity } = page.data;
  const sqs = Object.entries(calls).filter(([call]) => call.startsWith('sqs:'));
  return {
    dynamodbWriteUnits: consumedCapacity.writeUnits,
    dynamodbReadUnits: consumedCapacity.readUnits,
    sqsRequests: sqs.reduce((sum, [, count]) => sum + count, 0),
  };
}
