import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { snapshotNumbered } from '../snapshots.ts';
import { showCode, showTemplate } from './patch.ts';
import { reachableFrom } from './reachable.ts';
import { type CodeSide, cdkSourceOf, codeChanges, roleOf } from './roles.ts';
import { showCodeStat, showTemplateStat } from './stat.ts';

const five = 'workshop/05-build-release-run';
const six = 'workshop/06-processes';
const long = Array.from({ length: 300 }, (_, i) => `export const n${i} = ${i};`).join('\n');

const files = {
  [`${five}/ordering.ts`]: `import { drawer } from '../smells/drawer.ts';\nimport { price } from './price.ts';\nexport const handler = () => [drawer, price];\n`,
  [`${five}/price.ts`]: 'export const price = 1;\n',
  [`${five}/experiment.ts`]: 'export const proof = 1;\n',
  [`${six}/ordering.ts`]: `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\nimport { readFileSync } from 'node:fs';\nimport { store } from '../../functions/store.ts';\nimport { price } from './price.ts';\nexport const handler = () => [store, price, DynamoDBClient, readFileSync];\n`,
  [`${six}/price.ts`]: 'export const price = 1;\n',
  'workshop/smells/drawer.ts': `import { shared } from '../../functions/shared.ts';\nexport const drawer = shared;\n`,
  'functions/store.ts': `import { shared } from './shared.ts';\nexport const store = shared;\n`,
  'functions/shared.ts': 'export const shared = 1;\n',
  'functions/long.ts': `${long}\n`,
};

let repository: string;
let before: CodeSide;
let after: CodeSide;

beforeAll(async () => {
  repository = mkdtempSync(join(tmpdir(), 'diff-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(repository, dirname(file)), { recursive: true });
    writeFileSync(join(repository, file), text);
  }
  [before, after] = (await Promise.all(
    [5, 6].map(async (number) => {
      const snapshot = snapshotNumbered(number);
      const roots = [`workshop/${snapshot.slug}/ordering.ts`];
      return { reachable: await reachableFrom(roots, repository), roleOf: (path: string) => roleOf(path, snapshot) };
    }),
  )) as [CodeSide, CodeSide];
  return () => rmSync(repository, { recursive: true });
});

test('reaches what the roots import, and names the packages', () => {
  expect(after.reachable).toEqual({
    files: ['functions/shared.ts', 'functions/store.ts', `${six}/ordering.ts`, `${six}/price.ts`],
    packages: ['@aws-sdk/client-dynamodb'],
  });
});

test('compares by role, and leaves out what is the same', async () => {
  const { files: changed, packagesGained, packagesLost } = await codeChanges(before, after, repository);
  expect(changed.map((change) => `${change.before?.path} -> ${change.after?.path}`)).toEqual([
    `${five}/ordering.ts -> ${six}/ordering.ts`,
    'undefined -> functions/store.ts',
    'workshop/smells/drawer.ts -> undefined',
  ]);
  expect({ packagesGained, packagesLost }).toEqual({ packagesGained: ['@aws-sdk/client-dynamodb'], packagesLost: [] });
});

test('a snapshot against itself changes nothing', async () => {
  const changes = await codeChanges(after, after, repository);
  expect([showCode(changes), showCodeStat(changes)]).toEqual(Array(2).fill(expect.stringContaining('No code changed')));
});

test('is shown as a unified diff', async () => {
  const shown = showCode(await codeChanges(before, after, repository));
  expect(shown).toContain(`--- ${five}/ordering.ts\n+++ ${six}/ordering.ts\n@@ -1,3 +1,5 @@\n`);
  expect(shown).toContain(`\n-import { drawer } from '../smells/drawer.ts';\n`);
  expect(shown).toContain('--- /dev/null\n+++ functions/store.ts\n+import');
  expect(shown).toContain('packages that the code imports\n+@aws-sdk/client-dynamodb');
});

test('is summed up', async () => {
  const lines = showCodeStat(await codeChanges(before, after, repository)).split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^ {2}workshop\/05-.* => workshop\/06-.*\/ordering\.ts +\+4 +-2$/),
    expect.stringMatching(/functions\/store\.ts +\+2 +-0$/),
    expect.stringMatching(/drawer\.ts +\+0 +-2$/),
    expect.stringMatching(/package @aws-sdk\/client-dynamodb +\+1 +-0$/),
    expect.stringMatching(/together +\+7 +-4$/),
  ]);
});

describe('the CDK source', () => {
  const real = join(import.meta.dirname, '..', '..');
  const sides = (numbers: readonly number[]) =>
    Promise.all(numbers.map((number) => cdkSourceOf(snapshotNumbered(number), real)));

  test('is the stack and the constructs that it makes, and nothing of the functions', async () => {
    const [side] = await sides([9]);
    expect(side?.reachable.files).toEqual(
      expect.arrayContaining(['infra/constructs/bake-queue.ts', 'workshop/09-disposability/stack.ts']),
    );
    expect(side?.reachable.files.filter((path) => !/^(infra|workshop)\//.test(path))).toEqual([]);
  });

  test('has the stack first, up to the finished one', async () => {
    const [before, after] = (await sides([11, 12])) as [CodeSide, CodeSide];
    const [first] = (await codeChanges(before, after, real)).files;
    expect([first?.isRoot, first?.before?.path, first?.after?.path]).toEqual([
      true,
      'workshop/11-logs/stack.ts',
      'infra/cookie-factory.ts',
    ]);
  });
});

test('a long file of one side is named and not shown', () => {
  const change = { isRoot: false, after: { path: 'functions/long.ts', text: long } };
  const shown = showCode({ files: [change], packagesGained: [], packagesLost: [] });
  expect(shown).toBe('--- /dev/null\n+++ functions/long.ts\n(300 lines added: too many to show)');
});

describe('the role', () => {
  test.each([
    { path: 'workshop/00-grandmas-kitchen/prod/ordering.ts', number: 0, role: 'root ordering.ts' },
    { path: 'workshop/00-grandmas-kitchen/dev/ordering.ts', number: 0, role: 'root dev/ordering.ts' },
    { path: 'workshop/01-codebase/ordering.ts', number: 1, role: 'root ordering.ts' },
    { path: 'workshop/smells/tally.ts', number: 1, role: 'workshop/smells/tally.ts' },
    { path: 'functions/baking/handler.ts', number: 5, role: 'functions/baking/handler.ts' },
    { path: 'functions/baking/handler.ts', number: 11, role: 'root baking.ts' },
    { path: 'functions/ordering/handler.ts', number: 11, role: 'functions/ordering/handler.ts' },
    { path: 'functions/ordering/handler.ts', number: 12, role: 'root ordering.ts' },
    { path: 'functions/ordering/routes.ts', number: 12, role: 'functions/ordering/routes.ts' },
  ])('of $path in snapshot $number is $role', ({ path, number, role }) => {
    expect(roleOf(path, snapshotNumbered(number))).toBe(role);
  });
});

describe('a template', () => {
  const table = { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } };
  const changes = [
    { section: 'Resources', id: 'Orders', type: table.Type, kind: 'added' as const, after: table },
    { section: 'Description', id: '', kind: 'changed' as const, before: 'old', after: 'new' },
  ];

  test('is shown entry by entry', () => {
    expect(showTemplate(changes)).toBe(
      `+ Resources.Orders (AWS::DynamoDB::Table)
+Type: AWS::DynamoDB::Table
+Properties:
+  BillingMode: PAY_PER_REQUEST

~ Description
@@ -1,1 +1,1 @@
-old
+new`,
    );
  });

  test('is summed up', () => {
    expect(showTemplateStat(changes)).toMatch(
      /Resources\.Orders \(AWS::DynamoDB::Table\) +\+3 +-0\n[\s\S]*together +\+4 +-1/,
    );
  });

  test('may be the same', () => {
    expect([showTemplate([]), showTemplateStat([])]).toEqual(Array(2).fill('The templates are the same.'));
  });
});
