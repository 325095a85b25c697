import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recipe } from '../../functions/domain/recipe.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import type { WorkingCopy } from '../experiment/working-copy.ts';
import { changedLines, writePrices } from './source-prices.ts';

/** The recipes in the source of a kitchen: to bake from others, write them there and deploy. */
export interface SourceShelf {
  /** Writes what recipes cost into the source, and deploys it. Returns the lines that were changed; 0 where there are none. */
  write(recipes: readonly Recipe[]): Promise<number>;
  /** Lines that would have to be changed. */
  linesFor(recipes: readonly Recipe[]): Promise<number>;
  /** Has the kitchen bake from its own recipes again. */
  putBack(): Promise<void>;
}

export function sourceShelf(snapshot: SnapshotUnderTest, copy: WorkingCopy, files: readonly string[]): SourceShelf {
  let isDeployed = false;

  async function changesFor(recipes: readonly Recipe[]) {
    const changes = files.map(async (file) => {
      const text = await readFile(join(copy.repository, file), 'utf8');
      const changed = writePrices(text, recipes);
      return { file, changed, lines: changedLines(text, changed) };
    });
    return (await Promise.all(changes)).filter(({ lines }) => lines > 0);
  }
  const linesIn = (changes: Awaited<ReturnType<typeof changesFor>>): number =>
    changes.reduce((sum, { lines }) => sum + lines, 0);

  return {
    linesFor: async (recipes) => linesIn(await changesFor(recipes)),
    write: async (recipes) => {
      const changes = await changesFor(recipes);
      if (changes.length === 0) {
        return 0;
      }
      for (const { file, changed } of changes) {
        await copy.edit(file, () => changed);
      }
      isDeployed = true;
      await snapshot.deployFrom(copy.repository);
      return linesIn(changes);
    },
    putBack: async () => {
      if (isDeployed) {
        await snapshot.deployFrom(snapshot.repository);
      }
    },
  };
}
