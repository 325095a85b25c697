import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { callHandler } from './call-handler.ts';

const { signal } = new AbortController();
const environment = { FLOUR: 'rye', SystemRoot: process.env['SystemRoot'] };

/** A module in a folder that goes with the test. */
function moduleOf(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'handler-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'handler.mjs');
  writeFileSync(file, source);
  return file;
}

test('a handler is told of the event, of its time, and of the environment that is given and no other', async () => {
  const file = moduleOf(`export const handler = async (event, context) => {
    console.log('a line of its log');
    const left = context.getRemainingTimeInMillis();
    return { event, flour: process.env.FLOUR, path: process.env.PATH ?? null, isWhole: Number.isInteger(left) };
  };`);
  expect(await callHandler(file, { text: '“50 % off” & more' }, { environment, signal })).toEqual({
    ...{ event: { text: '“50 % off” & more' }, flour: 'rye', path: null, isWhole: true },
  });
});

test('what it returns when it returns nothing is null', async () => {
  const file = moduleOf('export const handler = async () => {};');
  expect(await callHandler(file, null, { environment, signal })).toBeNull();
});

test.each([
  {
    what: 'throws',
    source: `export const handler = async () => { throw new Error('no butter'); };`,
    failure: { isOfStart: false, message: 'no butter' },
  },
  {
    what: 'misses a package',
    source: `import 'butter'; export const handler = async () => 1;`,
    failure: { isOfStart: true, code: 'ERR_MODULE_NOT_FOUND', message: expect.stringContaining("package 'butter'") },
  },
  { what: 'is not there', source: '', failure: { isOfStart: true, message: expect.stringContaining('no handler') } },
  {
    what: 'ends its process',
    source: `export const handler = async () => { console.error('out of dough'); process.exit(3); };`,
    failure: { isOfStart: false, message: expect.stringMatching(/ended with 3 before it answered: out of dough/) },
  },
])('a handler that $what is told apart', async ({ source, failure }) => {
  await expect(callHandler(moduleOf(source), {}, { environment, signal })).rejects.toMatchObject({
    ...{ name: 'HandlerFailed' },
    ...failure,
  });
});

test('an abort ends its process', async () => {
  const aborted = AbortSignal.timeout(200);
  const file = moduleOf('export const handler = () => new Promise(() => setInterval(() => {}, 1000));');
  await expect(callHandler(file, {}, { environment, signal: aborted })).rejects.toThrow(/timeout/);
});
