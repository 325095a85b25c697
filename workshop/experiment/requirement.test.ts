import { expect, test } from 'vitest';
import type { Finding } from './experiment.ts';
import { atLeast, atMost, exactly, no, timesLessThanBefore, yes } from './requirement.ts';

interface Case {
  readonly must: typeof yes;
  readonly finding: Finding;
  readonly before?: Finding;
  readonly met: boolean;
}

const cases: readonly Case[] = [
  { must: yes, finding: true, met: true },
  { must: yes, finding: false, met: false },
  { must: yes, finding: 'true', met: false },
  { must: no, finding: false, met: true },
  { must: no, finding: true, met: false },
  { must: no, finding: 0, met: false },
  { must: exactly(0), finding: 0, met: true },
  { must: exactly(0), finding: 1, met: false },
  { must: exactly(0), finding: false, met: false },
  { must: exactly('abc'), finding: 'abc', met: true },
  { must: exactly('abc'), finding: 'abd', met: false },
  { must: exactly(0), finding: '0', met: false },
  { must: atLeast(5), finding: 5, met: true },
  { must: atLeast(5), finding: 4.99, met: false },
  { must: atLeast(5), finding: Number.NaN, met: false },
  { must: atLeast(5), finding: '9', met: false },
  { must: atMost(5), finding: 5, met: true },
  { must: atMost(5), finding: 5.01, met: false },
  { must: atMost(5), finding: Number.NaN, met: false },
  { must: atMost(5), finding: '1', met: false },
  { must: timesLessThanBefore(10), finding: 10, before: 100, met: true },
  { must: timesLessThanBefore(10), finding: 11, before: 100, met: false },
  { must: timesLessThanBefore(10), finding: 100, before: 100, met: false },
  { must: timesLessThanBefore(10), finding: 0, met: false },
  { must: timesLessThanBefore(10), finding: 0, before: 'much', met: false },
];

test.each(cases)('$must.says: $finding (before: $before) is met: $met', ({ must, finding, before, met }) => {
  expect(must.isMet(finding, before)).toBe(met);
});

test.each([
  { must: yes, says: 'yes', limit: undefined },
  { must: no, says: 'no', limit: undefined },
  { must: exactly(0), says: '0', limit: 0 },
  { must: exactly('abc'), says: 'abc', limit: undefined },
  { must: atLeast(5), says: '>= 5', limit: 5 },
  { must: atMost(5), says: '<= 5', limit: 5 },
  { must: timesLessThanBefore(10), says: '<= before / 10', limit: 20 },
])('$says turns at $limit', ({ must, says, limit }) => {
  expect(must.says).toBe(says);
  expect(must.limit?.(200)).toBe(limit);
});
