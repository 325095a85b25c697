import { accepted, placeOrders } from '../../client/factory/order-client.ts';
import { experiment } from '../experiment/experiment.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import { order, unaccounted, workInCleanRoom, workOn } from './machines.ts';
import type { Service } from './serve-once.ts';

const orders = 5;

/** Factor 2: the same source on two machines with other things lying about, and in a room where nothing does. */
export const proof = experiment({
  question: 'Does the factory need anything that it does not say it needs?',
  headline: 'The same order costs {prices.before}, built on two machines; now {prices.after}.',
  observables: {
    samePrice: {
      kind: 'gate',
      title: 'the same order costs the same, built on either machine',
      must: yes,
      lookAt:
        'Some import is still answered by what lies above the folder, or is optional. Nothing of a price may be optional.',
    },
    sameBundle: {
      kind: 'gate',
      title: 'both machines build the same bundle',
      must: yes,
      lookAt: 'Each machine built what it has itself. The package must come from the node_modules beside ordering.ts.',
    },
    serves: {
      kind: 'gate',
      title: 'starts in a clean room and takes an order',
      must: yes,
      lookAt: 'The clean room installs dependencies only, as production does. Is the package under devDependencies?',
    },
    undeclared: {
      kind: 'gate',
      title: 'packages imported that are not declared',
      must: exactly(0),
      lookAt: 'An import names a package that is not among the dependencies of a package.json above it.',
    },
    unlocked: {
      kind: 'gate',
      title: 'packages imported that no lock file pins',
      must: exactly(0),
      lookAt:
        'package.json names it, and the package-lock.json beside it does not: npm install writes both, and both are to be kept.',
    },
    servedOnMachines: {
      kind: 'guard',
      title: 'orders taken on the two machines',
      must: exactly(2),
      lookAt: 'What was built on a machine did not take an order. Do the functions of prices.ts throw?',
    },
    answered: { kind: 'guard', title: 'orders answered 202 where it is deployed', must: atLeast(orders) },
    explained: {
      kind: 'guard',
      title: 'what did not start says which package it misses',
      must: yes,
      lookAt: 'It did not start in the clean room, and the reason is no missing package.',
    },
    prices: { kind: 'shown', title: 'what the order costs' },
    missing: { kind: 'shown', title: 'what the clean room lacks' },
  },
  async *observe(snapshot) {
    const { undeclared, unlocked } = await unaccounted(snapshot);
    yield { undeclared: undeclared.length, unlocked: unlocked.length };

    snapshot.report('installing, building and ordering on both machines, and in a clean room');
    const [ada, bob, clean] = await Promise.all([
      workOn('ada', snapshot),
      workOn('bob', snapshot),
      workInCleanRoom(snapshot),
    ]);
    const missing = missingFrom(clean);
    yield {
      ...(ada.totalCents !== undefined &&
        bob.totalCents !== undefined && { samePrice: ada.totalCents === bob.totalCents }),
      sameBundle: ada.sha256 === bob.sha256,
      serves: clean.status === 202,
      servedOnMachines: [ada, bob].filter(({ status }) => status === 202).length,
      explained: clean.failure === undefined || missing !== undefined,
      prices: `${ada.totalCents} and ${bob.totalCents} cents`,
      missing: clean.failure ? `${missing} (${clean.failure.code})` : 'nothing',
    };

    const { OrderingUrl: url = '' } = snapshot.outputs();
    const placed = await placeOrders(url, orders, { concurrency: 1, body: () => order, signal: snapshot.signal });
    yield { answered: accepted(placed).length };
  },
});

/** The package that Node looked for and did not find. */
function missingFrom({ failure }: Service): string | undefined {
  if (failure?.code !== 'ERR_MODULE_NOT_FOUND') {
    return undefined;
  }
  return /Cannot find package '([^']+)'/.exec(failure.message)?.[1];
}
