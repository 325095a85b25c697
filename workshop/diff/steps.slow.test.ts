import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { countSteps, type Step, showSteps, stepsPage } from './steps.ts';

const repository = join(import.meta.dirname, '..', '..');
let steps: Step[];

beforeAll(async () => {
  steps = await countSteps(repository);
});

test('the page of the steps is current: npm run diff -- --table', () => {
  expect(readFileSync(join(repository, stepsPage), 'utf8')).toBe(showSteps(steps));
});

test('every step changes its stack, by no more than fits on a screen', () => {
  const changed = steps.map(({ number, stack }) => ({ number, lines: stack.added + stack.removed }));
  expect(changed.filter(({ lines }) => lines < 1 || lines > 60)).toEqual([]);
});
