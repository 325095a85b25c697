import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recipe } from '../../functions/domain/recipe.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import type { WorkingCopy } from '../experiment/working-copy.ts';
import type { Cost, Shelf } from './shelf.ts';
import { changedLines, writePrices } from './source-prices.ts';

/** Recipes in the source: what is to be baked from is written into it, and deployed. */
export function sourceShelf(snapshot: SnapshotUnderTest, copy: WorkingCopy, files: readonly string[]): Shelf {
  let deploys = 0;

  async function write(recipes: readonly Recipe[]): Promise<Cost> {
    let lines = 0;
    for (const file of files) {
      const text = await readFile(join(copy.repository, file), 'utf8');
      const changed = writePrices(text, recipes);
      if (changed === text) {
        continue;
      }
      lines += changedLines(text, changed);
      await copy.edit(file, () => changed);
    }
    if (lines === 0) {
      throw new Error('No source says what the recipes cost.');
    }
    deploys += 1;
    await snapshot.deployFrom(copy.repository);
    return { lines, deploys: 1 };
  }

  return {
    attach: write,
    edit: (recipe) => write([recipe]),
    putBack: async () => {
      if (deploys > 0) {
        await snapshot.deployFrom(snapshot.repository);
      }
    },
  };
}
