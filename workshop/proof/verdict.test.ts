import { describe, expect, test } from 'vitest';
import { experiment, type Findings } from '../experiment/experiment.ts';
import type { MachineLoad } from '../experiment/machine-load.ts';
import { atLeast, atMost, exactly, timesLessThanBefore, yes } from '../experiment/requirement.ts';
import { failed, judge, judgeCapabilities, stoppedBy, withUnit, wrongWithSelfProof } from './verdict.ts';

const lost = experiment({
  question: 'Is an order still there?',
  observables: {
    lost: { kind: 'gate', title: 'orders lost', must: exactly(0) },
    placed: { kind: 'guard', title: 'orders placed', must: atLeast(10) },
    seconds: { kind: 'shown', title: 'time', unit: 's' },
  },
  observe: async () => ({}),
});

const before = { lost: 7, placed: 10, seconds: 1 };
const after = { lost: 0, placed: 10, seconds: 2 };

interface Case {
  readonly when: string;
  readonly before: Findings;
  readonly after: Findings;
  readonly reasons: readonly RegExp[];
}

const cases: readonly Case[] = [
  { when: 'the gate turns and the guard holds', before, after, reasons: [] },
  {
    when: 'the snapshot before meets the gate already',
    before: after,
    after,
    reasons: [/^orders lost: already met before the change \(0, and must be 0\)\.$/],
  },
  {
    when: 'the snapshot after misses the gate',
    before,
    after: before,
    reasons: [/^orders lost: missed after \(7, and must be 0\)\.$/],
  },
  {
    when: 'it is the wrong way round',
    before: after,
    after: before,
    reasons: [/^orders lost: already met before the change/, /^orders lost: missed after/],
  },
  {
    when: 'the guard does not hold before',
    before: { ...before, placed: 0 },
    after,
    reasons: [/^orders placed: the guard does not hold before \(0, and must be >= 10\)\.$/],
  },
  {
    when: 'the guard does not hold after',
    before,
    after: { ...after, placed: 9 },
    reasons: [/^orders placed: the guard does not hold after/],
  },
  {
    when: 'a gate is missing before, where it would have been missed',
    before: { placed: 10, seconds: 1 },
    after,
    reasons: [/^orders lost: not measured before\.$/],
  },
  {
    when: 'a guard is missing after',
    before,
    after: { lost: 0, seconds: 2 },
    reasons: [/^orders placed: not measured after\.$/],
  },
  {
    when: 'what is only shown is missing',
    before,
    after: { lost: 0, placed: 10 },
    reasons: [/^time: not measured after\.$/],
  },
  {
    when: 'a finding is no number',
    before,
    after: { ...after, seconds: Number.NaN },
    reasons: [/^time: not measured after\.$/],
  },
  {
    when: 'nothing at all was measured',
    before: {},
    after: {},
    reasons: Array.from({ length: 6 }, () => /: not measured (before|after)\.$/),
  },
];

test.each(cases)('$when', ({ before, after, reasons }) => {
  const verdict = judge(lost, before, after);
  expect(verdict.reasons).toEqual(reasons.map((reason) => expect.stringMatching(reason)));
  expect(verdict.word).toBe(reasons.length === 0 ? 'PROVED' : 'NOT PROVED');
  expect(verdict.rows.map(({ name }) => name)).toEqual(['lost', 'placed', 'seconds']);
});

test('says for each row what was found, what it must be and whether it does its part', () => {
  const [gate, guard, shown] = judge(lost, before, { ...after, placed: 9 }).rows;
  expect(gate).toEqual({
    ...{ name: 'lost', kind: 'gate', title: 'orders lost', mustBe: '0', limit: 0, holds: true },
    ...{ before: { finding: 7, met: false }, after: { finding: 0, met: true } },
  });
  expect(guard).toMatchObject({ kind: 'guard', holds: false, before: { met: true }, after: { met: false } });
  expect(shown).toEqual({
    ...{ name: 'seconds', kind: 'shown', title: 'time', unit: 's', holds: true },
    ...{ before: { finding: 1 }, after: { finding: 2 } },
  });
});

test('an experiment without a gate proves nothing', () => {
  const guarded = experiment({
    question: 'Is there anything to see?',
    observables: { placed: { kind: 'guard', title: 'orders placed', must: atLeast(1) } },
    observe: async () => ({}),
  });
  const verdict = judge(guarded, { placed: 1 }, { placed: 1 });
  expect(verdict).toMatchObject({ word: 'NOT PROVED', reasons: [expect.stringContaining('has no gate')] });
});

describe('a gate that is judged beside the snapshot before', () => {
  const faster = experiment({
    question: 'Is it faster?',
    observables: { p50: { kind: 'gate', title: 'p50', unit: 'ms', must: timesLessThanBefore(10) } },
    observe: async () => ({}),
  });

  test.each([
    { before: 200, after: 20, word: 'PROVED' },
    { before: 200, after: 21, word: 'NOT PROVED' },
    { before: 200, after: 200, word: 'NOT PROVED' },
  ])('from $before to $after: $word', ({ before, after, word }) => {
    const verdict = judge(faster, { p50: before }, { p50: after });
    expect(verdict.word).toBe(word);
    expect(verdict.rows[0]?.limit).toBe(20);
  });
});

describe('on a busy machine', () => {
  const both = experiment({
    question: 'Is it there, and is it fast?',
    observables: {
      lost: { kind: 'gate', title: 'orders lost', must: exactly(0) },
      wait: { kind: 'gate', timed: true, title: 'wait', unit: 'ms', must: atMost(10) },
      baked: { kind: 'guard', timed: true, title: 'baked', must: exactly(3) },
    },
    observe: async () => ({}),
  });
  const before = { lost: 7, wait: 100, baked: 3 };
  const after = { lost: 0, wait: 5, baked: 3 };
  const quiet: MachineLoad = { cores: 2, cpu: 0.5, others: 0.02, steal: 0, lagMs: 15 };
  const busy: MachineLoad = { ...quiet, others: 0.5 };

  test.each([
    { when: 'all is as it must be', before, after, loads: [busy, busy], word: 'PROVED' },
    { when: 'a duration is missed', before, after: { ...after, wait: 50 }, loads: [quiet, busy], word: 'TOO BUSY' },
    { when: 'a duration is met before', before: { ...before, wait: 5 }, after, loads: [busy], word: 'TOO BUSY' },
    { when: 'what had a deadline is missing', before, after: { lost: 0, wait: 5 }, loads: [busy], word: 'TOO BUSY' },
    {
      when: 'a guard with a deadline is missed',
      before,
      after: { ...after, baked: 2 },
      loads: [busy],
      word: 'TOO BUSY',
    },
    { when: 'a count is missed', before, after: { ...after, lost: 1 }, loads: [busy, busy], word: 'NOT PROVED' },
    { when: 'both are missed', before, after: { ...before, baked: 1 }, loads: [busy, busy], word: 'NOT PROVED' },
    { when: 'only the machine is quiet', before, after: { ...after, wait: 50 }, loads: [quiet], word: 'NOT PROVED' },
    { when: 'nobody measured it', before, after: { ...after, wait: 50 }, loads: [], word: 'NOT PROVED' },
  ])('where $when: $word', ({ before, after, loads, word }) => {
    expect(judge(both, before, after, loads).word).toBe(word);
  });

  test('it says why, and what was missed', () => {
    const { reasons, rows } = judge(both, before, { ...after, wait: 50 }, [quiet, busy]);
    expect(reasons).toEqual([
      'Machine too busy: run again. Meanwhile other programs took 50 % of the processor time.',
      'wait: missed after (50 ms, and must be <= 10).',
    ]);
    expect(rows.map(({ timed }) => timed)).toEqual([undefined, true, true]);
  });

  test('a count that is missed is refuted, with the load as a remark', () => {
    const { reasons } = judge(both, before, { ...after, lost: 1 }, [busy]);
    expect(reasons).toEqual([
      'orders lost: missed after (1, and must be 0).',
      'The machine was busy, too: other programs took 50 % of the processor time.',
    ]);
  });
});

describe('what is certain once it is found, on a busy machine', () => {
  const patient = experiment({
    question: 'Is it put aside?',
    observables: {
      aside: { kind: 'gate', timed: 'if missing', title: 'put aside', must: yes, lookAt: 'Is there a queue for it?' },
    },
    observe: async () => ({}),
  });
  const busy: MachineLoad = { cores: 2, cpu: 1, others: 0.5, steal: 0, lagMs: 15 };

  test.each([
    { when: 'it was found otherwise', after: { aside: false }, word: 'NOT PROVED' },
    { when: 'it was not found in time', after: {}, word: 'TOO BUSY' },
  ])('where $when: $word', ({ after, word }) => {
    expect(judge(patient, { aside: false }, after, [busy]).word).toBe(word);
  });

  test.each([
    { baked: 0, word: 'NOT PROVED' },
    { baked: 2, word: 'TOO BUSY' },
  ])('of a count that no machine is too slow for altogether, $baked of 3: $word', ({ baked, word }) => {
    const counting = experiment({
      question: 'Are they baked?',
      observables: {
        baked: { kind: 'gate', timed: 'unless none', title: 'baked', must: exactly(3) },
      },
      observe: async () => ({}),
    });
    expect(judge(counting, { baked: 0 }, { baked }, [busy]).word).toBe(word);
  });

  test('what is missing after says where to look', () => {
    expect(judge(patient, { aside: false }, {}).reasons).toEqual([
      'put aside: not measured after. Is there a queue for it?',
    ]);
  });
});

describe('a guard that ends a look', () => {
  test.each([
    { side: 'after' as const, says: [/^orders lost: missed after/, /^orders placed: the guard does not hold after/] },
    { side: 'before' as const, says: [/^orders placed: the guard does not hold before/] },
  ])('$side, says what else was missed by then', ({ side, says }) => {
    const found = { lost: 7, placed: 0 };
    const stopped = stoppedBy(judge(lost, found, found), side);
    expect(stopped?.reasons).toEqual(says.map((line) => expect.stringMatching(line)));
  });

  test('nothing ends it while all guards hold', () => {
    expect(stoppedBy(judge(lost, before, before), 'after')).toBeUndefined();
  });
});

describe('a look that broke off', () => {
  const load: MachineLoad = { cores: 2, cpu: 1, others: 0.02, steal: 0, lagMs: 15 };

  test.each([
    { when: 'quiet', loads: [load], word: 'NOT PROVED', says: ['It broke off.'] },
    {
      when: 'busy',
      loads: [{ ...load, others: 0.5 }],
      word: 'TOO BUSY',
      says: [expect.stringContaining('Machine too busy'), 'It broke off.'],
    },
  ])('on a machine that is $when: $word', ({ loads, word, says }) => {
    expect(failed('It broke off.', loads)).toEqual({ word, reasons: says, rows: [] });
  });
});

describe('where the endpoint cannot do what is needed', () => {
  const needy = experiment({ ...lost, needs: ['faults', 'reserved concurrency'] });

  test('an endpoint that lacks a capability cannot run it, and it says which', () => {
    expect(judgeCapabilities(needy, new Set(['reserved concurrency', 'loopback']))).toEqual({
      ...{ word: 'CANNOT RUN HERE', rows: [] },
      reasons: [expect.stringContaining('no fault port')],
    });
  });

  test.each([
    { proof: needy, capabilities: ['faults', 'reserved concurrency'] as const },
    { proof: lost, capabilities: [] as const },
  ])('it is tried where the endpoint can do $capabilities', ({ proof, capabilities }) => {
    expect(judgeCapabilities(proof, new Set(capabilities))).toBeUndefined();
  });
});

describe('a snapshot against itself', () => {
  const twice = experiment({
    question: 'Is it noise?',
    observables: {
      lost: { kind: 'gate', title: 'orders lost', must: exactly(0) },
      same: { kind: 'gate', title: 'same hash', must: yes },
      failed: { kind: 'guard', title: 'failed', must: atMost(0) },
    },
    observe: async () => ({}),
  });
  const bad = { lost: 3, same: false, failed: 0 };
  const good = { lost: 0, same: true, failed: 0 };

  test.each([
    { when: 'every gate is missed twice', before: bad, after: bad, wrong: [] },
    { when: 'every gate is met twice', before: good, after: good, wrong: [] },
    { when: 'it is proved', before: bad, after: good, wrong: [/PROVED, though nothing changed/] },
    { when: 'one gate turns', before: bad, after: { ...bad, lost: 0 }, wrong: [/^orders lost: the gate turned/] },
    { when: 'a guard does not hold', before: bad, after: { ...bad, failed: 1 }, wrong: [/^failed: a guard/] },
    { when: 'something is missing', before: bad, after: { lost: 3, failed: 0 }, wrong: [/^same hash: not measured/] },
  ])('$when', ({ before, after, wrong }) => {
    const found = wrongWithSelfProof(judge(twice, before, after));
    expect(found).toEqual(wrong.map((line) => expect.stringMatching(line)));
  });
});

test.each([
  { finding: true, unit: undefined, says: 'yes' },
  { finding: false, unit: undefined, says: 'no' },
  { finding: 'a1b2', unit: undefined, says: 'a1b2' },
  { finding: 0, unit: undefined, says: '0' },
  { finding: 12345, unit: 'bytes', says: '12,345 bytes' },
  { finding: 1.23456, unit: 's', says: '1.23 s' },
  { finding: 12.3456, unit: 'ms', says: '12.3 ms' },
  { finding: 123.456, unit: 'ms', says: '123 ms' },
  { finding: undefined, unit: 'ms', says: 'not measured' },
])('$finding $unit reads $says', ({ finding, unit, says }) => {
  expect(withUnit(finding, unit)).toBe(says);
});
