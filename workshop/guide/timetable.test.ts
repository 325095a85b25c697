import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { minutesLeft, plans, timetable } from './timetable.ts';

const repository = join(import.meta.dirname, '..', '..');

describe.each(plans)('$name', (plan) => {
  test('adds up, and leaves time for questions', async () => {
    const left = await minutesLeft(plan, repository);
    expect(left).toBeGreaterThanOrEqual(plan.minutes / 20);
    expect(left).toBeLessThanOrEqual(plan.minutes / 4);
  });

  test('stands in the page for instructors as it is', async () => {
    const page = readFileSync(join(repository, 'docs', 'instructor.md'), 'utf8');
    expect(page).toContain(await timetable(plan, repository));
  });
});
