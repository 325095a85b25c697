import { join } from 'node:path';
import { expect, test } from 'vitest';
import { snapshots } from '../snapshots.ts';
import { experimentOf } from './experiments.ts';
import { headlineText, namesIn } from './headline.ts';
import { bad, good, testProof } from './proof.fixture.ts';

const proof = testProof({ before: bad, after: good });

test('without a template, the first gate is the headline', () => {
  expect(headlineText(proof)).toBe('Orders lost: 25 before, 0 now.');
});

test('a template has the numbers of both sides, with their units', () => {
  const headline = '{failed.before} failed, {two.before} with two; now {failed.after} and {two.after}.';
  expect(headlineText({ ...proof, headline })).toBe('0 % failed, 10 a second with two; now 0 % and 11 a second.');
});

test('what was not measured is said to be so', () => {
  expect(headlineText(testProof({ after: {} }))).toBe('Orders lost: 25 before, not measured now.');
});

test('where nothing was observed there is nothing to say', () => {
  expect(headlineText({ rows: [] })).toBe('');
});

test.each(snapshots.slice(1).map(({ number }) => number))(
  'the headline of factor %i names its observables',
  async (factor) => {
    const { headline, observables } = await experimentOf(factor, join(import.meta.dirname, '..', '..'));
    const names = namesIn(headline ?? '');
    expect(names.filter((name) => !(name in observables))).toEqual([]);
    expect(names.length).toBe(headline === undefined ? 0 : 2);
  },
);
