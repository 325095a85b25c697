import { z } from 'zod';
import { fetchFrom } from '../../../client/endpoint/http-request.ts';

const report = z.object({ satisfied: z.number().min(0).max(1).nullable() });

/**
 * The share of orders that were baked in time, as the factory's own report says (factor 11). Undefined where it has no such report,
 * or no order yet.
 */
export async function satisfactionOf(
  outputs: Readonly<Record<string, string>>,
  endpoint: string,
): Promise<number | undefined> {
  const { MetricsUrl, SatisfactionTable } = outputs;
  if (!MetricsUrl || !SatisfactionTable) {
    return undefined;
  }
  const response = await fetchFrom(new URL('/satisfaction', MetricsUrl), {}, endpoint);
  const read = report.safeParse(await response.json().catch(() => undefined));
  return read.data?.satisfied ?? undefined;
}
