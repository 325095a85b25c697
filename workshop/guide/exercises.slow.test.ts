import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { experimentOf } from '../proof/experiments.ts';
import { snapshots } from '../snapshots.ts';
import { exerciseFolder, exerciseOf } from './exercise.ts';
import { handoutOf } from './handout.ts';
import { filesIn } from './my-folder.ts';

const repository = join(import.meta.dirname, '..', '..');

// Whether each is proved, or not, is tried by npm run exercises.
describe.each(snapshots.slice(1))('the exercise of factor $number', ({ number }) => {
  const folder = join(repository, exerciseFolder(number));

  test('leaves something to do, and the solution nothing', async () => {
    const start = await handoutOf(number, 'start', repository);
    const solution = await handoutOf(number, 'solution', repository);
    expect([...start.values()].join('\n')).toMatch(/\bTODO\b/);
    expect([...solution.values()].join('\n')).not.toMatch(/\bTODO\b/);
    expect([...start.keys()]).toContain('stack.ts');
  });

  test('hands out nothing that the solution neither changes nor uses', async () => {
    const [start, solution] = await Promise.all(
      (['start', 'solution'] as const).map((variant) => handoutOf(number, variant, repository)),
    );
    const isUsed = (file: string) => [...(solution?.values() ?? [])].some((text) => text.includes(`/${file}'`));
    for (const file of await filesIn(join(folder, 'start'))) {
      expect(isUsed(file) || solution?.get(file) !== start?.get(file), file).toBe(true);
    }
  });

  test('has three mistakes or more, and each misses something that the experiment looks at', async () => {
    const { mistakes } = await exerciseOf(number, repository);
    const { observables } = await experimentOf(number, repository);
    expect(Object.keys(mistakes).length).toBeGreaterThanOrEqual(3);
    for (const [name, { missed }] of Object.entries(mistakes)) {
      expect(existsSync(join(folder, 'mistakes', name)), name).toBe(true);
      expect(observables[missed]?.kind, missed).toMatch(/gate|guard/);
    }
  });

  test('refuses files that are there', async () => {
    const { answers, standsFor = {} } = await exerciseOf(number, repository);
    for (const file of [...answers, ...Object.values(standsFor)]) {
      expect(existsSync(join(repository, file)), file).toBe(true);
    }
  });

  test('has a sentence for whoever misses a gate', async () => {
    const { observables } = await experimentOf(number, repository);
    const mute = Object.values(observables).filter((one) => one.kind === 'gate' && one.lookAt === undefined);
    expect(mute.map(({ title }) => title)).toEqual([]);
  });

  test('is followed by one that goes a step further', async () => {
    const { observables } = await experimentOf(number, repository, 'further');
    expect(Object.values(observables).some(({ kind }) => kind === 'gate')).toBe(true);
    const [solution, further] = [
      await handoutOf(number, 'solution', repository),
      await handoutOf(number, 'further', repository),
    ];
    expect([...further]).not.toEqual([...solution]);
  });
});
