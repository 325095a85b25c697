import { expect, test } from 'vitest';
import { crashIn } from './crash.ts';

const printed = (error: string) => `file:///work/factory/stack.ts:14
    throw new Error('no stack today');
          ^

${error}
    at new Factory04 (file:///work/factory/stack.ts:14:11)
    at main (file:///work/factory/app.ts:3:1)

Node.js v24.21.0
`;

test.each([
  ['Error: no stack today', 'Error: no stack today (/work/factory/stack.ts:14:11)'],
  ['TypeError: x is not a function', 'TypeError: x is not a function (/work/factory/stack.ts:14:11)'],
  ['BundleMissing: no index.mjs', 'BundleMissing: no index.mjs (/work/factory/stack.ts:14:11)'],
  ['Error: two\nlines', 'Error: two\nlines (/work/factory/stack.ts:14:11)'],
])('%s is told in one line, with where it was thrown', (error, told) => {
  expect(crashIn(printed(error))).toBe(told);
});

test('what is no crash is not told', () => {
  expect(crashIn('error There is no snapshot 13.')).toBeUndefined();
});
