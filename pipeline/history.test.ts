import { expect, test } from 'vitest';
import { showHistory } from './history.ts';
import { type LedgerEntry, type ReleaseEntry, runOf } from './ledger.ts';

const at = '2026-11-23T08:00:00.000Z';
const built: LedgerEntry = { what: 'build', number: 1, stage: 'Factor05', sha256: 'ab'.repeat(32), at, by: 'ada' };
const release = (number: number): ReleaseEntry => ({
  ...{
    what: 'release',
    number,
    build: number,
    stage: 'Factor05',
    stack: 'Factor05-Prod',
    stackId: 'arn:1',
    at,
    by: 'ada',
  },
  versions: { Ordering: String(number), Baking: String(number) },
  config: { parameters: number === 2 ? { Ovens: '4' } : {}, environment: {} },
});
const [first, second] = [release(1), release(2)];
const ran = (one: ReleaseEntry, what: 'run' | 'rollback' = 'run'): LedgerEntry => ({ ...runOf(one, what, 'bob'), at });

test('an empty ledger says how to begin', () => {
  expect(showHistory([])).toContain('npm run pipeline -- build');
});

test('the history names builds, releases, what ran, and what runs', () => {
  expect(showHistory([built, first, ran(first), second, ran(second), ran(first, 'rollback')])).toBe(
    `Builds
  #  stage     content       commit  built             by
  1  Factor05  abababababab  -       2026-11-23 08:00  ada

Releases
  #  build  stack          versions              config   released          by
  1  1      Factor05-Prod  Baking 1, Ordering 1  -        2026-11-23 08:00  ada  <- runs
  2  2      Factor05-Prod  Baking 2, Ordering 2  Ovens=4  2026-11-23 08:00  ada

Runs
  since             stack          release               by
  2026-11-23 08:00  Factor05-Prod  1                     bob
  2026-11-23 08:00  Factor05-Prod  2                     bob
  2026-11-23 08:00  Factor05-Prod  1        rolled back  bob
`,
  );
});
