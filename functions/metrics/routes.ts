import type { SatisfactionLedger } from '../domain/ports.ts';
import { reportSatisfaction } from '../domain/satisfaction.ts';
import { type HttpAnswer, type HttpRequest, json } from '../runtime/http-message.ts';
import { type Counter, countOrders, sampleOrders } from './count-orders.ts';
import { readCensusQuery, refuseQuery } from './schema.ts';

/** How many orders there are, and with `?seconds=N` what happens during the next N seconds, for which the request is held. */
export function censusRoutes(counter: Counter) {
  return [
    {
      method: 'GET',
      path: '/metrics',
      async handler({ queryStringParameters }: HttpRequest): Promise<HttpAnswer> {
        const seconds = readCensusQuery(queryStringParameters);
        return json(200, seconds === undefined ? await countOrders(counter) : await sampleOrders(seconds, counter));
      },
    },
  ] as const;
}

/** What the satisfaction report needs. */
export interface Survey {
  readonly ledger: Pick<SatisfactionLedger, 'pages'>;
  readonly promisedSeconds: number;
}

/** How satisfied customers are. */
export function satisfactionRoutes({ ledger, promisedSeconds }: Survey) {
  return [
    {
      method: 'GET',
      path: '/satisfaction',
      async handler({ queryStringParameters }: HttpRequest): Promise<HttpAnswer> {
        refuseQuery(queryStringParameters);
        return json(200, await reportSatisfaction(ledger.pages(), promisedSeconds));
      },
    },
  ] as const;
}
