import { reachableFrom } from '../diff/reachable.ts';
import { templateChanges } from '../diff/template-changes.ts';
import { experiment } from '../experiment/experiment.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { definitionsOf } from './definitions.ts';
import { billsOf, differencesBetween, tasteAll } from './tasting.ts';

const deploys = ['Dev', 'Prod'] as const;
/** The recipe that a person wants to change everywhere. */
const recipeName = 'chocolate-chip';
/** What was meant to differ. They are as fake as they say. */
const keys = {
  Dev: 'sk_cookie_test_0000_this_is_not_a_real_key',
  Prod: 'sk_cookie_live_0000_this_is_not_a_real_key',
} as const;

/** Factor 1: the same orders at two deploys of the same factory. */
export const proof = experiment({
  question: 'Are the two deploys two deploys of one factory, or two factories?',
  headline: 'Of the same orders, {sameBill.before} cost the same in Dev and in Prod; now {sameBill.after}.',
  observables: {
    sameBill: {
      kind: 'gate',
      title: 'orders that cost the same at both deploys',
      unit: '%',
      must: exactly(100),
      lookAt: 'The two deploys charge different prices: the row "which recipes differ" names the cookie.',
    },
    recipesThatDiffer: {
      kind: 'gate',
      title: 'recipes that the two deploys bake differently',
      must: exactly(0),
      lookAt: 'There is still a second recipe, or code that asks in which deploy it runs. Only settings may differ.',
    },
    templatesDiffer: {
      kind: 'gate',
      title: 'entries in which their templates differ',
      must: exactly(0),
      lookAt: 'stack.ts makes something of the id that it should not, such as more memory for Dev or another bundle.',
    },
    sameAsset: {
      kind: 'gate',
      title: 'both run the same code: same asset hash',
      must: yes,
      lookAt: 'The two deploys get different bundles: stack.ts should use one, made of ordering.ts.',
    },
    filesToEdit: {
      kind: 'gate',
      title: 'files to edit to change one recipe everywhere',
      must: exactly(1),
      lookAt: 'More than one file says what a cookie is, and a root reaches them all.',
    },
    pipelines: {
      kind: 'gate',
      title: 'pipelines to keep: roots to build for two deploys',
      must: exactly(1),
      lookAt: 'dev/ordering.ts or prod/ordering.ts is still there: every root is built.',
    },
    ownKeys: {
      kind: 'guard',
      title: 'each deploy signs its vouchers with its own key',
      must: yes,
      lookAt: 'The two keys were meant to differ: settingsOf must tell Dev from Prod by the name of the function.',
    },
    answered: { kind: 'guard', title: 'orders answered 202 and baked, by both', must: atLeast(24) },
    refused: { kind: 'guard', title: 'orders refused by either', must: exactly(0) },
    which: { kind: 'shown', title: 'which recipes differ' },
  },
  deploys: deploys,
  async *observe(snapshot) {
    const roots = snapshot.roots.map(({ file }) => file);
    const { files } = await reachableFrom(roots, snapshot.repository);
    yield {
      templatesDiffer: templateChanges(snapshot.template('Dev'), snapshot.template('Prod')).length,
      sameAsset: new Set(deploys.map((deploy) => assetsOf(snapshot.template(deploy)).join())).size === 1,
      filesToEdit: (await definitionsOf(recipeName, files, snapshot.repository)).length,
      pipelines: roots.length,
    };

    snapshot.report('ordering one of each at both deploys');
    const [dev, prod] = await Promise.all([tasteAt('Dev', snapshot), tasteAt('Prod', snapshot)]);
    const differing = differencesBetween(dev, prod);
    yield {
      recipesThatDiffer: differing.length,
      which: differing.join(', ') || 'none',
      answered: dev.tastes.size + prod.tastes.size,
      refused: dev.refused + prod.refused,
      ownKeys: [dev, prod].every(({ tastes, signed }) => tastes.size > 0 && signed === tastes.size),
    };

    snapshot.report('placing the same orders at both deploys');
    const bills = deploys.map((deploy) => billsOf(snapshot.outputs(deploy)['OrderingUrl'] ?? '', snapshot.signal));
    const [devBills = [], prodBills = []] = await Promise.all(bills);
    const same = devBills.filter((bill, index) => bill !== undefined && bill === prodBills[index]);
    yield { sameBill: (100 * same.length) / Math.max(devBills.length, prodBills.length) };
  },
});

async function tasteAt(deploy: 'Dev' | 'Prod', snapshot: SnapshotUnderTest) {
  const { OrderingUrl: url = '' } = snapshot.outputs(deploy);
  return await tasteAll(url, { key: keys[deploy], signal: snapshot.signal });
}

/** Where the code of a deploy's functions is: the names are hashes of what is in it. */
function assetsOf(template: Readonly<Record<string, unknown>>): string[] {
  const resources = Object.values(template['Resources'] ?? {}) as {
    readonly Type: string;
    readonly Properties?: { readonly Code?: { readonly S3Key?: string } };
  }[];
  const keys = resources.flatMap(({ Type, Properties }) =>
    Type === 'AWS::Lambda::Function' ? [Properties?.Code?.S3Key ?? ''] : [],
  );
  if (keys.length === 0 || keys.includes('')) {
    throw new Error('The template does not say where its code is.');
  }
  return keys;
}
