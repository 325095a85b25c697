import { type HttpAnswer, type HttpRequest, json } from '../runtime/http-message.ts';
import { type CountOrdersDependencies, countOrders, sampleOrders } from './count-orders.ts';
import { readCensusQuery } from './schema.ts';

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
