import { expect, test } from 'vitest';
import { type LedgerEntry, type ReleaseEntry, runOf } from './ledger.ts';
import { releaseBefore } from './run.ts';

const release = (number: number, stackId = 'arn:prod'): ReleaseEntry => ({
  ...{ what: 'release', number, build: number, stage: 'Factor05', stack: 'Factor05-Prod', stackId },
  ...{ versions: { Ordering: String(number) }, config: { parameters: {}, environment: {} } },
  ...{ at: '2026-11-23T08:00:00.000Z', by: 'ada' },
});
const releases = [release(1), release(2), release(3)];
const [first, second, third] = [release(1), release(2), release(3)];
const ran = (one: ReleaseEntry): LedgerEntry => runOf(one, 'run', 'bob');
const back = (one: ReleaseEntry): LedgerEntry => runOf(one, 'rollback', 'bob');

test.each([
  ['the one before', third, [ran(first), ran(second), ran(third)], 2],
  ['what ran before, and not what was only released', third, [ran(first), ran(third)], 1],
  ['one further back after a rollback', second, [ran(first), ran(second), ran(third), back(second)], 1],
  ['no release that was rolled back before', third, [ran(first), ran(second), back(first), ran(third)], 1],
  ['a later release, where an earlier one was run again', first, [ran(first), ran(second), ran(first)], 2],
  ['nothing before the first', first, [ran(first), ran(second), back(first)], undefined],
  ['what ran last, where the present one was not run by the pipeline', third, [ran(first), ran(second)], 2],
  ['nothing of another stack', third, [ran(release(2, 'arn:dev')), ran(third)], undefined],
])('rolling back goes to %s', (_, current, runs, number) => {
  expect(releaseBefore(current, releases, runs)?.number).toBe(number);
});
