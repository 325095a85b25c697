import { expect, test } from 'vitest';
import { folderMoved, rewriteImports } from './rewrite-imports.ts';

const move = {
  from: 'workshop/05-build-release-run/ordering.ts',
  to: 'my-factory/06-processes/ordering.ts',
  movedTo: folderMoved('workshop/05-build-release-run', 'my-factory/06-processes'),
};

test.each([
  { before: `import { a } from '../../functions/a.ts';`, after: `import { a } from '../../functions/a.ts';` },
  { before: `import { a } from '../smells/a.ts';`, after: `import { a } from '../../workshop/smells/a.ts';` },
  { before: `import type { A } from "../smells/a.ts";`, after: `import type { A } from "../../workshop/smells/a.ts";` },
  { before: `export { a } from '../04-x/a.ts';`, after: `export { a } from '../../workshop/04-x/a.ts';` },
  { before: `import {\n  a,\n} from '../smells/a.ts';`, after: `import {\n  a,\n} from '../../workshop/smells/a.ts';` },
  { before: `await import('../smells/a.ts');`, after: `await import('../../workshop/smells/a.ts');` },
  { before: `import '../smells/a.ts';`, after: `import '../../workshop/smells/a.ts';` },
  { before: `import { a } from './a.ts';`, after: `import { a } from './a.ts';` },
  { before: `import { a } from './deep/a.ts';`, after: `import { a } from './deep/a.ts';` },
  { before: `import { z } from 'zod';`, after: `import { z } from 'zod';` },
  { before: `const path = '../smells/a.ts';`, after: `const path = '../smells/a.ts';` },
])('$before becomes $after', ({ before, after }) => {
  expect(rewriteImports(before, move)).toBe(after);
});

test('a file that goes up a folder finds the others again', () => {
  const up = {
    from: 'workshop/00-x/prod/ordering.ts',
    to: 'workshop/01-y/ordering.ts',
    movedTo: folderMoved('workshop/00-x/prod', 'workshop/01-y'),
  };
  const before = `import { a } from '../../../functions/a.ts';\nimport { b } from '../../smells/b.ts';\n`;
  expect(rewriteImports(before, up)).toBe(
    `import { a } from '../../functions/a.ts';\nimport { b } from '../smells/b.ts';\n`,
  );
});
