import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hintsIn } from '../workshop/guide/lesson.ts';
import { experimentOf } from '../workshop/proof/experiments.ts';
import { snapshots } from '../workshop/snapshots.ts';
import { fill } from '../workshop/snippets/fill.ts';

const root = dirname(import.meta.dirname);
/** What has changed since the twelve factors were written. */
const nextEdition: ReadonlySet<number> = new Set([3, 6, 11, 12]);

const lessons = snapshots.map((snapshot) => ({ ...snapshot, page: `workshop/${snapshot.slug}/README.md` }));
const read = (page: string) => readFileSync(join(root, page), 'utf8');

describe.each(lessons)('$page', ({ page, number, factor, title }) => {
  test('has the title of its snapshot', () => {
    const heading = number === 0 ? title : `Factor ${number}, ${factor}: ${title}`;
    expect(read(page).split('\n')[0]).toContain(heading);
  });

  test('shows the source as it is now', async () => {
    const { stale } = await fill(read(page), page, root);
    expect(stale.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
  });
});

describe.each(lessons.slice(1))('$page', ({ page, number }) => {
  test('has its sections, in their order', () => {
    const headings = [...read(page).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    const wanted = [
      'The story',
      `What hurts in snapshot ${number - 1}`,
      'What changed',
      'On Lambda',
      'What people get wrong',
      'Exercise',
      'Hints',
    ];
    expect(headings.filter((heading) => wanted.includes(heading ?? ''))).toEqual(wanted);
  });

  test('says what the factor says, and where', () => {
    expect(read(page)).toMatch(/^> [\s\S]*?https:\/\/12factor\.net\//m);
  });

  test('calls what hurts as the proof calls it', async () => {
    const [, section = ''] = /^## What hurts[^\n]*\n([\s\S]*?)^## /m.exec(read(page)) ?? [];
    const { observables } = await experimentOf(number, root);
    const titles = Object.values(observables).map(({ title }) => title.toLowerCase());
    expect(quoted(section).filter((words) => !titles.some((title) => title.includes(words)))).toEqual([]);
  });

  test('has one more hint to give', () => {
    expect(hintsIn(read(page)).length).toBeGreaterThanOrEqual(2);
  });

  test('names the commands that prove it and show it', () => {
    expect(read(page)).toContain(`npm run prove -- ${number}`);
    expect(read(page)).toContain(`npm run diff -- ${number}`);
  });
});

test.each(lessons.filter(({ number }) => nextEdition.has(number)))(
  '$page says what the next edition would add',
  ({ page }) => {
    expect(read(page)).toContain('**Next edition.**');
  },
);

test('workshop/README.md leads to every lesson', () => {
  const overview = read('workshop/README.md');
  expect(lessons.filter(({ slug }) => !overview.includes(`(${slug}/README.md)`)).map(({ slug }) => slug)).toEqual([]);
});

/** What stands in italics, in small letters. One or two words are only stressed. */
function quoted(markdown: string): string[] {
  const italics = markdown.replaceAll(/```[\s\S]*?```/g, '').matchAll(/(?<![*\w])\*([^*]+)\*(?!\*)/g);
  const words = [...italics].map(([, text = '']) => text.replaceAll(/\s+/g, ' ').toLowerCase());
  return words.filter((text) => text.split(' ').length > 2);
}
