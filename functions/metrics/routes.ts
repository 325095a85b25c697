import type { SatisfactionStore } from '../domain/ports.ts';
import { reportSatisfaction } from '../domain/satisfaction.ts';
import { type HttpAnswer, type HttpRequest, json } from '../runtime/http-message.ts';
import { type CountOrdersDependencies, countOrders, sampleOrders } from './count-orders.ts';
import { readCensusQuery, refuseQuery } from './schema.ts';

/** How many orders there are, and with `?seconds=N` what happens during the next N seconds, for which the request is held. */
export function censusRoutes(dependencies: CountOrdersDependencies) {
  return [
    {
      method: 'GET',
      path: '/metrics',
      async handler({ queryStringParameters }: HttpRequest): Promise<HttpAnswer> {
        const seconds = readCensusQuery(queryStringParameters);
        return json(
          200,
          seconds === undefined ? await countOrders(dependencies) : await sampleOrders(seconds, dependencies),
        );
      },
    },
  ] as const;
}

/** What the satisfaction report depends on. */
export interface SatisfactionDependencies {
  readonly satisfaction: Pick<SatisfactionStore, 'pages'>;
  readonly promisedSeconds: number;
}

/** How satisfied customers are. */
export function satisfactionRoutes({ satisfaction, promisedSeconds }: SatisfactionDependencies) {
  return [
    {
      method: 'GET',
      path: '/satisfaction',
      async handler({ queryStringParameters }: HttpRequest): Promise<HttpAnswer> {
        refuseQuery(queryStringParameters);
        return json(200, await reportSatisfaction(satisfaction.pages(), promisedSeconds));
      },
    },
  ] as const;
}
