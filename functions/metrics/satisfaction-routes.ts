import type { SatisfactionLedger } from '../domain/ports.ts';
import { reportSatisfaction } from '../domain/satisfaction.ts';
import { type HttpAnswer, type HttpRequest, json } from '../runtime/http-message.ts';
import { refuseQuery } from './satisfaction-schema.ts';

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
