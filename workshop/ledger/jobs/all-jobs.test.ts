import { expect, test } from 'vitest';
import { groups, rows } from '../rows.ts';
import { allJobs, jobsNamed } from './all-jobs.ts';

test('every row is found out by one job', () => {
  const found = allJobs.flatMap((job) => job.rows);
  expect(found.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
});

test('every job belongs to a group of the page, and no two have a name', () => {
  const names = groups.map(({ name }) => name);
  expect(allJobs.filter(({ group }) => !names.includes(group))).toEqual([]);
  expect(new Set(allJobs.map(({ name }) => name)).size).toBe(allJobs.length);
});

test('--only names groups and jobs, which are run in their order', () => {
  const named = (...names: string[]) => jobsNamed(names).map(({ name }) => name);
  expect(named('proof-12', 'bootstrap', 'proof-3')).toEqual(['bootstrap', 'proof-3', 'proof-12']);
  expect(named('stages')).toHaveLength(13);
  expect(named()).toHaveLength(allJobs.length);
  expect(named('redeploy', 'destroy')).toEqual(['destroy', 'redeploy']);
});
