import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { fill, snippetsIn } from './fill.ts';

const page = 'workshop/06-processes/README.md';
let repository: string;

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'snippets-'));
  mkdirSync(join(repository, 'workshop/06-processes'), { recursive: true });
  mkdirSync(join(repository, 'functions'));
  writeFileSync(join(repository, 'workshop/06-processes/ordering.ts'), 'const orders = 1;\n');
  writeFileSync(join(repository, 'functions/oven.ts'), '/** Hot. */\nexport const oven = { price: "$&" };\n');
  return () => rmSync(repository, { recursive: true });
});

const lesson = (own: string, shared: string) => `# Six

<!-- snippet: ordering.ts orders -->

\`\`\`ts
${own}
\`\`\`

Between.

<!-- snippet: functions/oven.ts oven -->

\`\`\`ts
${shared}
\`\`\`

\`\`\`ts
const notASnippet = true;
\`\`\`
`;

const current = lesson('const orders = 1;', 'export const oven = { price: "$&" };');

test('what is current stays', async () => {
  expect(await fill(current, page, repository)).toEqual({ markdown: current, stale: [] });
});

test('what is stale is named and filled in, and nothing else is touched', async () => {
  const { markdown, stale } = await fill(lesson('const orders = 0;', 'old\n\nold'), page, repository);
  expect(markdown).toBe(current);
  expect(stale.map(({ file, name }) => `${file} ${name}`)).toEqual(['ordering.ts orders', 'functions/oven.ts oven']);
});

test('an empty fence is filled', async () => {
  const { markdown } = await fill('<!-- snippet: ordering.ts orders -->\n```ts\n```\n', page, repository);
  expect(markdown).toBe('<!-- snippet: ordering.ts orders -->\n\n```ts\nconst orders = 1;\n```\n');
});

test.each([
  {
    what: 'no name',
    markdown: '<!-- snippet: ordering.ts -->\n\n```ts\n```\n',
    says: /must be <!-- snippet: FILE NAME/,
  },
  { what: 'no fence', markdown: '<!-- snippet: ordering.ts orders -->\n\nProse.\n', says: /with a ```ts fence below/ },
])('a marker with $what is refused', ({ markdown, says }) => {
  expect(() => snippetsIn(markdown)).toThrow(says);
});

test.each([
  { marker: 'oven.ts oven', says: `${page}: there is no oven.ts` },
  { marker: 'ordering.ts oven', says: `${page}: ordering.ts declares no oven at its top level` },
])('$marker fails by name', async ({ marker, says }) => {
  const markdown = `<!-- snippet: ${marker} -->\n\n\`\`\`ts\n\`\`\`\n`;
  await expect(fill(markdown, page, repository)).rejects.toThrow(says);
});
