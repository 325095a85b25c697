import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { servedMarkdown, withServed } from './served.ts';

test('the README says what is served; if not: npm run served', async () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  expect(withServed(readme, await servedMarkdown())).toBe(readme);
});

test('a README without the section is an error', () => {
  expect(() => withServed('# Nothing', '')).toThrow('The README has no section of what is served.');
});
