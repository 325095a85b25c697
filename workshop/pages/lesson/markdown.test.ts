import { expect, test } from 'vitest';
import { sectionsOf, wordsOf } from './markdown.ts';

const place = { page: 'workshop/06-processes/README.md', repository: '/factory' };
const rendered = (text: string) =>
  sectionsOf(text, place)
    .map(({ html }) => html)
    .join('');

test.each([
  { link: '../07-port-binding/README.md', leads: '/lessons/7' },
  { link: '../README.md', leads: '/lessons' },
  { link: 'ordering.ts', leads: 'vscode://file/factory/workshop/06-processes/ordering.ts' },
  { link: '../../emulator/FAULTS.md', leads: 'vscode://file/factory/emulator/FAULTS.md' },
  { link: 'https://12factor.net', leads: 'https://12factor.net' },
  { link: '../../../etc/passwd', leads: '#' },
  { link: 'ftp://example.org', leads: '#' },
  { link: '/etc/passwd', leads: '#' },
])('a link to $link leads to $leads', ({ link, leads }) => {
  expect(rendered(`[there](${link})`)).toContain(`href="${leads}"`);
});

test.each(['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', 'a <b onclick="x">b</b>'])(
  '%s stays text',
  (text) => {
    expect(rendered(text)).not.toMatch(/<(script|img|b)\b/);
  },
);

test('no link runs a script', () => {
  expect(rendered('[x](javascript:alert(1))')).not.toContain('href="javascript');
});

test('a snippet is headed by a link to its file, and another comment is left out', () => {
  const html = rendered(
    '<!-- snippet: ordering.ts orders -->\n\n```ts\nconst orders = 1;\n```\n\n<!-- a note\nof two lines -->\nText',
  );
  expect(html).toContain('href="vscode://file/factory/workshop/06-processes/ordering.ts"');
  expect(html).toContain('<span class="c-keyword">const</span>');
  expect(html).not.toContain('note');
  expect(html).toContain('<p>Text</p>');
});

test('a page is cut where a heading of the second rank begins', () => {
  const sections = sectionsOf('# One\n\n## What hurts\n\nA\n\n## Exercise\n\nB', place);
  expect(sections.map(({ heading }) => heading)).toEqual(['', 'What hurts', 'Exercise']);
});

test('a sentence is told as words, code and links', () => {
  expect(wordsOf('Write `order.ts`, **then** [read](../07-port-binding/README.md)\n<b>on</b>', place)).toEqual([
    { text: 'Write ' },
    { text: 'order.ts', is: 'code' },
    { text: ', ' },
    { text: 'then', is: 'strong' },
    { text: ' ' },
    { text: 'read', href: '/lessons/7' },
    { text: ' ' },
    { text: '<b>on</b>' },
  ]);
});
