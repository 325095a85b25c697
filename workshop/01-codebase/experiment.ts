import { reachableFrom } from '../diff/reachable.ts';
import { templateChanges } from '../diff/template-changes.ts';
import { experiment } from '../experiment/experiment.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { definitionsOf } from './definitions.ts';
import { differencesBetween, tasteAll } from './tasting.ts';

const deploys = ['Dev', 'Prod'] as const;
/** The recipe that a person wants to change everywhere. */
const recipeName = 'chocolate-chip';

/** Factor 1: the same orders at two deploys of the same factory. */
export const proof = experiment({
  question: 'Are the two deploys two deploys of one factory, or two factories?',
  observables: {
    recipesThatDiffer: { kind: 'gate', title: 'recipes that the two deploys bake differently', must: exactly(0) },
    templatesDiffer: { kind: 'gate', title: 'entries in which their templates differ', must: exactly(0) },
    sameAsset: { kind: 'gate', title: 'both run the same code: same asset hash', must: yes },
    filesToEdit: { kind: 'gate', title: 'files to edit to change one recipe everywhere', must: exactly(1) },
    pipelines: { kind: 'gate', title: 'pipelines to keep: roots to build for two deploys', must: exactly(1) },
    answered: { kind: 'guard', title: 'orders answered 202 and baked, by both', must: atLeast(24) },
    refused: { kind: 'guard', title: 'orders refused by either', must: exactly(0) },
    which: { kind: 'shown', title: 'which recipes differ' },
  },
  deploys: deploys,
  async observe(snapshot) {
    snapshot.report('ordering one of each at both deploys');
    const [dev, prod] = await Promise.all([tasteAt('Dev', snapshot), tasteAt('Prod', snapshot)]);
    const differing = differencesBetween(dev, prod);
    const roots = snapshot.roots.map(({ file }) => file);
    const { files } = await reachableFrom(roots, snapshot.repository);
    return {
      recipesThatDiffer: differing.length,
      templatesDiffer: templateChanges(snapshot.template('Dev'), snapshot.template('Prod')).length,
      sameAsset: new Set(deploys.map((deploy) => assetsOf(snapshot.template(deploy)).join())).size === 1,
      filesToEdit: (await definitionsOf(recipeName, files, snapshot.repository)).length,
      pipelines: roots.length,
      answered: dev.tastes.size + prod.tastes.size,
      refused: dev.refused + prod.refused,
      which: differing.join(', ') || 'none',
    };
  },
});

async function tasteAt(deploy: 'Dev' | 'Prod', snapshot: SnapshotUnderTest) {
  const { OrderingUrl: url = '' } = snapshot.outputs(deploy);
  return await tasteAll(url, snapshot.signal);
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
