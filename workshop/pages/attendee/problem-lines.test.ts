import { expect, test } from 'vitest';
import { problemLines } from './problem-lines.ts';

test.each([
  { line: 'my-factory/06-processes/ordering.ts:12:3: Cannot find name', link: ':12' },
  { line: '  my-factory/06-processes/ordering.ts:12: left to do: store it', link: ':12' },
  { line: 'my-factory/06-processes/ordering.ts: imports the finished one', link: '' },
])('$line has a link', ({ line, link }) => {
  const [found] = problemLines(line, '/factory');
  expect(found?.place?.href).toBe(`vscode://file/factory/my-factory/06-processes/ordering.ts${link}`);
  expect(found?.text).not.toContain('ordering.ts');
});

test.each(['The endpoint is gone.', '../etc/passwd.ts:1: x', 'my-factory/../../etc/passwd.ts:1: x'])(
  '%s has none',
  (line) => {
    expect(problemLines(line, '/factory')).toEqual([{ text: line }]);
  },
);
