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

test('what was thrown in Node, in a package or in a construct is said with the line of the stack that asked for it', () => {
  const trace = [
    "Error: ENOENT: no such file or directory, open ''",
    '    at Object.readFileSync (node:fs:483:20)',
    '    at parse (file:///work/node_modules/constructs/index.js:3:1)',
    '    at new RecipeBook (file:///work/infra/constructs/recipe-book.ts:20:11)',
    '    at new Factory04 (file:///work/factory/stack.ts:14:11) {',
    "  code: 'ENOENT'",
  ];
  expect(crashIn(trace.join('\n'))).toBe(
    "Error: ENOENT: no such file or directory, open '' (/work/infra/constructs/recipe-book.ts:20:11, called at /work/factory/stack.ts:14:11)",
  );
});

test('what is no crash is not told', () => {
  expect(crashIn('error There is no snapshot 13.')).toBeUndefined();
});
