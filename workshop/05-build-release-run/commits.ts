import { join } from 'node:path';
import type { WorkingCopy } from '../experiment/working-copy.ts';

/** A change of the source, as a person would commit it. */
export interface Commit {
  readonly message: string;
  readonly edits: readonly Edit[];
}

interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  readonly change: (text: string) => string;
}

/** The unit test of what the commits touch. */
export const check = join('workshop', '05-build-release-run', 'check-prices.ts');
const pricing = join('functions', 'domain', 'pricing.ts');

/** Fails its unit test, and every order with it. */
const wrongField: Commit = {
  message: 'Take prices from offers',
  edits: [{ file: pricing, change: (text) => text.replace('recipe.priceCents', 'recipe.offer.priceCents') }],
};

/** Passes every unit test, and needs a variable that is not set where it is deployed to. */
const missingConfig = (root: string): Commit => ({
  message: 'Give loyal customers their points',
  edits: [
    {
      file: root,
      change: (text) => `${text}\nif (!process.env['LOYALTY_TABLE']) throw new Error('LOYALTY_TABLE is not set');\n`,
    },
  ],
});

/** Passes every unit test, and answers each order with 500. Whoever asks for the recipes sees nothing of it. */
export const noOrders: Commit = {
  message: 'Take orders by telephone as well',
  edits: [
    {
      file: join('functions', 'ordering', 'routes.ts'),
      change: (text) =>
        text.replace(
          'const asked = ',
          "if (request.body !== '') throw new Error('No telephone.');\n        const asked = ",
        ),
    },
  ],
};

/** Commits that should never run, by the file that the function is made of. */
export const brokenCommits: readonly ((root: string) => Commit)[] = [() => wrongField, missingConfig];

/** Works, with a test that says so: a cookie costs ten cents more. */
export const dearer: Commit = {
  message: 'Raise prices by ten cents',
  edits: [
    { file: pricing, change: (text) => text.replace('recipe.priceCents', 'recipe.priceCents + 10') },
    { file: check, change: (text) => text.replace('surchargeCents = 0', 'surchargeCents = 10') },
  ],
};

/** Commits in a working copy. Returns what takes the commit back. */
export async function commit({ edits }: Commit, copy: WorkingCopy): Promise<() => Promise<void>> {
  const undo: (() => Promise<void>)[] = [];
  for (const { file, change } of edits) {
    let before = '';
    await copy.edit(file, (text) => {
      before = text;
      return change(text);
    });
    undo.push(() => copy.edit(file, () => before));
  }
  return async () => {
    for (const back of undo) {
      await back();
    }
  };
}
