import { LambdaClient } from '@aws-sdk/client-lambda';
import type { OrderBody } from '../../../client/factory/order-client.ts';
import { experiment } from '../../experiment/experiment.ts';
import { exactly } from '../../experiment/requirement.ts';
import { burst, placeAll, type Served, whenBaked } from '../customers.ts';
import { workersKnob } from '../workers.ts';

const orders = 6;
/** Four of six: two workers bake no small order before, if they take what came first. */
const largeDone = 4;

const cookies = (quantity: number, items: number): OrderBody => ({
  customer: 'ada',
  items: Array.from({ length: items }, () => ({ recipe: 'smores', quantity })),
});
/** 1,200 cookies bake for a second in an oven of 24 places. */
const large = cookies(100, 12);
const small = cookies(1, 1);

/** The end of factor 8: two workers for a queue, six large orders, and then six small ones. */
export const proof = experiment({
  question: 'Do small orders wait for the large ones that came before them?',
  observables: {
    overtook: {
      kind: 'gate',
      title: `small orders of ${orders} that were baked before ${largeDone} of ${orders} large ones`,
      must: exactly(orders),
      lookAt:
        'Large orders need a queue and an event source mapping of their own: two mappings of one queue share its messages, and a filter deletes what it does not take.',
    },
    baked: {
      kind: 'guard',
      title: 'orders baked within ten seconds',
      must: exactly(2 * orders),
      lookAt: 'Each queue needs an event source mapping: what is on a queue that nothing consumes stays there.',
    },
  },
  needs: ['faults', 'loopback'],
  async observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const knob = await workersKnob(snapshot, lambda);
    try {
      await burst(snapshot, 4, { customers: 4, body: small });
      await knob.turn(2);
      snapshot.report('placing large orders, and then small ones');
      const larges = await placeAll(snapshot, orders, { customers: 1, body: large });
      const smalls = await placeAll(snapshot, orders, { customers: 1, body: small });
      const bakedLarge = bakedIn(await whenBaked(snapshot, larges));
      const bakedSmall = bakedIn(await whenBaked(snapshot, smalls));
      const until = bakedLarge[largeDone - 1] ?? 0;
      return {
        overtook: bakedSmall.filter((at) => at < until).length,
        baked: bakedLarge.length + bakedSmall.length,
      };
    } finally {
      await knob.putBack();
      lambda.destroy();
    }
  },
});

/** When orders were baked, the first of them first. */
const bakedIn = (served: readonly Served[]): number[] =>
  served.flatMap(({ bakedAt }) => bakedAt ?? []).sort((one, other) => one - other);
