import { expect, test } from 'vitest';
import type { FileChange } from './file-change.ts';
import { pairRenames } from './renames.ts';

const lines = (...names: readonly string[]) => names.map((name) => `export const ${name} = 1;\n`).join('');
const gone = (path: string, text: string): FileChange => ({ isRoot: false, before: { path, text } });
const fresh = (path: string, text: string): FileChange => ({ isRoot: false, after: { path, text } });

/** The two names of each change. */
const namesOf = (changes: readonly FileChange[]) => changes.map(({ before, after }) => [before?.path, after?.path]);

test('a file that goes on under another name is one change', () => {
  const changes = [gone('a/old.ts', lines('one', 'two', 'three')), fresh('b/new.ts', lines('one', 'two', 'four'))];
  expect(namesOf(pairRenames(changes))).toEqual([['a/old.ts', 'b/new.ts']]);
});

test('files that have less than half in common stay two', () => {
  const changes = [gone('a/old.ts', lines('one', 'two', 'three')), fresh('b/new.ts', lines('one', 'four', 'five'))];
  expect(pairRenames(changes)).toEqual(changes);
});

test('of several, the most alike are paired, and each once', () => {
  const changes = [
    gone('a/copy.ts', lines('one', 'two', 'five')),
    gone('a/original.ts', lines('one', 'two', 'three')),
    fresh('b/new.ts', lines('one', 'two', 'three')),
  ];
  expect(namesOf(pairRenames(changes))).toEqual([
    ['a/copy.ts', undefined],
    ['a/original.ts', 'b/new.ts'],
  ]);
});

test('what is imported from another place is the same import', () => {
  const changes = [gone('a/old.ts', `import '../c.ts';\n`), fresh('b/d/new.ts', `import '../../c.ts';\n`)];
  const [rename] = pairRenames(changes);
  expect(rename?.before?.text).toBe(rename?.after?.text);
});

test('a change that has both sides is left as it is', () => {
  const both: FileChange = { ...gone('same.ts', lines('one')), ...fresh('same.ts', lines('two')) };
  expect(pairRenames([both])).toEqual([both]);
});
