import { setTimeout as pause } from 'node:timers/promises';
import type { HttpRoute } from '../../functions/runtime/http-function.ts';
import type { HttpRequest } from '../../functions/runtime/http-message.ts';
import type { Counts } from './tally.ts';

const longestSeconds = 10;

/**
 * The numbers of the shop on a page of the shop: counted so far, or with `?seconds=N` how many orders come in during the
 * next N seconds, which keeps whoever counts from serving customers meanwhile.
 */
export function metricsPage(count: () => Promise<Counts>): HttpRoute {
  return {
    method: 'GET',
    path: '/metrics',
    async handler({ queryStringParameters }: HttpRequest) {
      const seconds = Math.min(longestSeconds, Number(queryStringParameters?.['seconds'] ?? 0) || 0);
      const before = await count();
      await pause(seconds * 1000);
      const after = seconds > 0 ? await count() : before;
      const page = { ...after, ...(seconds > 0 && { seconds, placed: total(after) - total(before) }) };
      return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(page) };
    },
  };
}

const total = ({ orders }: Counts): number => orders.RECEIVED + orders.BAKED;
