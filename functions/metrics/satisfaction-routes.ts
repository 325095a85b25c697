import type { SatisfactionStore } from '../domain/ports.ts';
import { reportSatisfaction } from '../domain/satisfaction.ts';
import { type HttpAnswer, type HttpRequest, json } from '../runtime/http-message.ts';
import { refuseQuery } from './satisfaction-schema.ts';

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
