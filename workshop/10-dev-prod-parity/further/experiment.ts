import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { callHandler } from '../../../client/factory/call-handler.ts';
import { configuredVariables, reachVariables } from '../../../client/factory/function-environment.ts';
import { placeOrder } from '../../../client/factory/order-client.ts';
import { httpEvent } from '../../../functions/runtime/http-event.ts';
import { experiment } from '../../experiment/experiment.ts';
import { exactly } from '../../experiment/requirement.ts';
import { foreignLaptop } from '../laptop.ts';

/** Dear enough for a price with a point in it. */
const body = {
  customer: 'parity',
  items: Array.from({ length: 12 }, () => ({ recipe: 'sabayon', quantity: 100 })),
};

/** A price for people's eyes: one way to write it, wherever it is written. */
export const proof = experiment({
  question: 'Is a price written the same on every machine?',
  headline: 'The price of a large order, written by the function: {there.before} before, {there.after} now.',
  observables: {
    there: {
      kind: 'gate',
      title: 'the price as the function writes it',
      must: exactly('as the house does'),
      lookAt:
        'POST /orders answers with a member price, "1.234,50 €": a format without a locale writes it as the machine does.',
    },
    here: {
      kind: 'gate',
      title: 'the price as a Swiss laptop writes it',
      must: exactly('as the house does'),
      lookAt: 'Name the locale in the code: Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" }).',
    },
    accepted: { kind: 'guard', title: 'status of the answer', must: exactly(202) },
  },
  needs: ['loopback'],
  async observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    try {
      const { OrderingFunction = '', OrderingUrl = '' } = snapshot.outputs();
      snapshot.report('ordering at the function, and on a laptop');
      const { status, order } = await placeOrder(OrderingUrl, body, { signal: snapshot.signal });
      const variables = await configuredVariables(OrderingFunction, lambda);
      const root = snapshot.roots.find(({ name }) => name === 'ordering');
      const answer = (await callHandler(
        join(snapshot.repository, root?.file ?? ''),
        httpEvent('POST', '/orders', {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        {
          environment: {
            ...variables,
            ...reachVariables(snapshot.clients),
            ...foreignLaptop(),
            LANG: 'de_CH.UTF-8',
          },
          signal: snapshot.signal,
        },
      )) as { body?: string };
      return {
        there: judge(order),
        here: judge(JSON.parse(answer.body ?? '{}')),
        accepted: status,
      };
    } finally {
      lambda.destroy();
    }
  },
});

/** How the price of an order is written: `1.234,50 €`, with whatever space there is before the sign. */
function judge(order: unknown): string {
  const { price, totalCents = 0 } = (order ?? {}) as { price?: string; totalCents?: number };
  if (typeof price !== 'string') {
    return 'there is no price';
  }
  const [euros, cents] = [Math.trunc(totalCents / 100), String(totalCents % 100).padStart(2, '0')];
  const grouped = String(euros).replace(/\B(?=(\d{3})+$)/g, '.');
  return price.replace(/\s/g, ' ') === `${grouped},${cents} €` ? 'as the house does' : price;
}
