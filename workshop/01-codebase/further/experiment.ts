import { reachableFrom } from '../../diff/reachable.ts';
import { experiment } from '../../experiment/experiment.ts';
import { readRecipes } from '../../experiment/read-recipes.ts';
import { exactly, yes } from '../../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../../experiment/snapshot-under-test.ts';
import { createWorkingCopy } from '../../experiment/working-copy.ts';
import { definitionsOf } from '../definitions.ts';

const deploys = ['Dev', 'Prod'] as const;
const output = 'Release';
const recipeName = 'chocolate-chip';
const newCents = 145;

/** A step further than factor 1: deploys may run different versions of the codebase, and one can tell which. */
export const proof = experiment({
  question: 'Can you tell which version of the codebase a deploy runs?',
  headline: 'Deploys that say which release they run: {told.before}, and now {told.after}.',
  deploys,
  observables: {
    told: {
      kind: 'gate',
      title: 'deploys whose output Release says what they run',
      must: exactly(2),
      lookAt: 'stack.ts adds its outputs with addOutputs: one that is called Release is missing, or is empty.',
    },
    changes: {
      kind: 'gate',
      title: 'another recipe is another release',
      must: yes,
      lookAt: 'The release stayed the same when the code changed. It should be named by the content of the bundle.',
    },
    followed: { kind: 'guard', title: 'the edited recipe is sold where it was deployed', must: yes },
  },
  async *observe(snapshot) {
    const releases = releasesOf(snapshot);
    yield { told: releases.filter((release) => release !== undefined && release !== '').length };

    const copy = await createWorkingCopy(snapshot.repository);
    try {
      const { files } = await reachableFrom(
        snapshot.roots.map(({ file }) => file),
        snapshot.repository,
      );
      for (const file of await definitionsOf(recipeName, files, snapshot.repository)) {
        const price = new RegExp(`(name: '${recipeName}'[^{}]*?priceCents: )\\d+`);
        await copy.edit(file, (text) => text.replace(price, `$1${newCents}`));
      }
      await snapshot.deployFrom(copy.repository);
      const book = await readRecipes(snapshot.outputs()['OrderingUrl'] ?? '', snapshot.signal);
      const changed = releasesOf(snapshot);
      yield {
        followed: book.find(({ name }) => name === recipeName)?.priceCents === newCents,
        changes: releases.every((release, index) => release !== undefined && release !== changed[index]),
      };
    } finally {
      await snapshot.deployFrom(snapshot.repository);
      await copy.close();
    }
  },
});

const releasesOf = (snapshot: SnapshotUnderTest): (string | undefined)[] =>
  deploys.map((deploy) => snapshot.outputs(deploy)[output]);
