import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { experiment } from '../../experiment/experiment.ts';
import { exactly, yes } from '../../experiment/requirement.ts';
import { createWorkingCopy } from '../../experiment/working-copy.ts';
import { check, commit, dearer, noOrders } from '../commits.ts';
import { piping } from '../piping.ts';

/** The end of factor 5: a commit that the smoke test of the lesson lets through. */
export const proof = experiment({
  question: 'Does the smoke test notice that no order can be placed?',
  observables: {
    foundOut: {
      kind: 'gate',
      title: 'the commit that answers every order with 500 was found out before it ran',
      must: yes,
      lookAt:
        'The smoke test of `Ordering` must place an order that has to be refused, and accept no other answer than 422.',
    },
    goodOnes: {
      kind: 'guard',
      title: 'releases of good commits',
      must: exactly(2),
      lookAt: 'The smoke test refuses what works: a recipe that cannot exist is answered 422, in a body of JSON.',
    },
  },
  async observe(snapshot) {
    const copy = await createWorkingCopy(snapshot.repository);
    try {
      await cp(join(import.meta.dirname, '..', 'check-prices.ts'), join(copy.repository, check));
      const way = await piping({ snapshot, copy, root: '', check: `node ${check}` });
      try {
        snapshot.report(`delivering "${dearer.message}"`);
        const takeBack = await commit(dearer, copy);
        const good = await way.deliver();
        await takeBack();
        snapshot.report(`delivering "${noOrders.message}"`);
        await commit(noOrders, copy);
        const { problem } = await way.deliver();
        return { foundOut: problem !== undefined, goodOnes: good.runs ? 2 : 1 };
      } finally {
        await way.close();
      }
    } finally {
      await copy.close();
    }
  },
});
