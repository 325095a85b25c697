import { placeOrder } from '../../../client/factory/order-client.ts';
import { experiment } from '../../experiment/experiment.ts';
import { exactly } from '../../experiment/requirement.ts';
import { order, unaccounted, workOn } from '../machines.ts';

/** A step further than factor 2: an upgrade of a package is a change that everybody gets. */
export const proof = experiment({
  question: 'Does everybody get the new version of a package, and nobody by accident?',
  headline: 'The order cost {prices.before} cents on two machines; after the upgrade {prices.after}.',
  observables: {
    prices: {
      kind: 'gate',
      title: 'cents that the order costs, built on either machine',
      must: exactly('850 and 850'),
      lookAt: 'Version 2 rounds to the next quarter. 760 is version 1, or none; two prices are two versions.',
    },
    deployed: {
      kind: 'gate',
      title: 'cents that the order costs where it is deployed',
      must: exactly(850),
      lookAt: 'What is deployed is made of the package that the folder declares and locks.',
    },
    undeclared: {
      kind: 'guard',
      title: 'packages imported that are not declared',
      must: exactly(0),
      lookAt: 'An import names a package that is not among the dependencies of a package.json above it.',
    },
    unlocked: {
      kind: 'guard',
      title: 'packages imported that no lock file pins',
      must: exactly(0),
      lookAt: 'npm install writes the new version into package-lock.json, and that file is part of the change.',
    },
  },
  async *observe(snapshot) {
    const { undeclared, unlocked } = await unaccounted(snapshot);
    yield { undeclared: undeclared.length, unlocked: unlocked.length };
    snapshot.report('installing, building and ordering on both machines');
    const [ada, bob] = await Promise.all([workOn('ada', snapshot), workOn('bob', snapshot)]);
    yield { prices: `${ada.totalCents} and ${bob.totalCents}` };
    const { OrderingUrl: url = '' } = snapshot.outputs();
    const { order: placed } = await placeOrder(url, order, { signal: snapshot.signal });
    yield { deployed: placed?.totalCents };
  },
});
