import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Findings } from '../experiment/experiment.ts';
import { snapshots } from '../snapshots.ts';
import { experimentOf } from './experiments.ts';
import { bad, good, testProof } from './proof.fixture.ts';
import { span } from './ranges.ts';
import { type Recorded, recordedFile, recordOf } from './recorded.ts';
import { judge } from './verdict.ts';

const repository = join(import.meta.dirname, '..', '..');

test('runs that differ are recorded as a range', () => {
  const { runs, rows } = recordOf([testProof(), testProof({ before: { ...bad, lost: 21 } })]);
  expect(runs).toBe(2);
  expect(rows[0]).toEqual({
    ...{ name: 'lost', title: 'orders lost' },
    shown: { before: '21 to 25', after: '0' },
    found: { before: [25, 21], after: [0, 0] },
  });
});

test('what is not proved is not recorded', () => {
  expect(() => recordOf([testProof(), testProof({ after: bad })])).toThrow('a run is NOT PROVED');
  expect(() => recordOf([])).toThrow('Only what is PROVED');
  expect(recordOf([testProof({ after: good })]).runs).toBe(1);
});

const recorded = snapshots.slice(1).filter(({ number }) => existsSync(join(repository, recordedFile(number))));

describe.each(recorded)('what was recorded of factor $number', ({ number }) => {
  const record = JSON.parse(readFileSync(join(repository, recordedFile(number)), 'utf8')) as Recorded;

  test('is what the experiment looks at, and lies where the experiment says it must', async () => {
    const experiment = await experimentOf(number, repository);
    const titles = Object.entries(experiment.observables).map(([name, { title }]) => ({ name, title }));
    expect(record.rows.map(({ name, title }) => ({ name, title }))).toEqual(titles);
    for (let run = 0; run < record.runs; run += 1) {
      const side = (of: 'before' | 'after'): Findings =>
        Object.fromEntries(record.rows.map(({ name, found }) => [name, found[of][run]]));
      expect(judge(experiment, side('before'), side('after')).reasons, `run ${run + 1}`).toEqual([]);
    }
  });

  test('is shown as it was found', async () => {
    const { observables } = await experimentOf(number, repository);
    for (const { name, shown, found } of record.rows) {
      const unit = observables[name]?.unit;
      expect(shown).toEqual({ before: span(found.before, unit), after: span(found.after, unit) });
    }
  });
});
