import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { page } from './pager.ts';

const text = 'Cookies, one after another\n';

/** Pages a text and gives what was written plainly. */
async function written(environment: NodeJS.ProcessEnv, isTerminal = true, shown = text): Promise<string[]> {
  const lines: string[] = [];
  await page(shown, { isTerminal, environment, write: (line) => lines.push(line) });
  return lines;
}

test('on a terminal, the pager of the person shows it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pager-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'shown');
  const copy = `"${process.execPath}" -e "process.stdin.pipe(require('fs').createWriteStream(process.argv[1]))" "${file}"`;
  expect(await written({ ...process.env, PAGER: copy })).toEqual([]);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('a pager that is left before the end is no failure', async () => {
  const leave = `"${process.execPath}" -e "process.exit()"`;
  expect(await written({ ...process.env, PAGER: leave }, true, text.repeat(100_000))).toEqual([]);
});

test.each([
  { when: 'there is no terminal', environment: process.env, isTerminal: false },
  { when: 'no pager is wanted', environment: { ...process.env, PAGER: '' }, isTerminal: true },
  { when: 'the pager is cat', environment: { ...process.env, PAGER: 'cat' }, isTerminal: true },
  { when: 'there is no less', environment: { PATH: '' }, isTerminal: true },
])('it is written plainly where $when', async ({ environment, isTerminal }) => {
  expect(await written(environment, isTerminal)).toEqual([text]);
});

test.skipIf(process.platform === 'win32')('it is written plainly where the pager is not there', async () => {
  // The shell of Windows has no exit code of its own for a program that it does not know.
  expect(await written({ ...process.env, PAGER: 'no-such-pager 2>&-' })).toEqual([text]);
});
