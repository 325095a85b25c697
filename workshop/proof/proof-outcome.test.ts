import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bad, good, testProof } from './proof.fixture.ts';
import type { Proof } from './proof.ts';
import { exitCodeOf, showOutcome, writeOutcome } from './proof-outcome.ts';
import { reportName } from './report/report-files.ts';

const proved = testProof();
const missed = testProof({ after: bad });
const notHere: Proof = {
  ...proved,
  factor: 9,
  verdict: 'CANNOT RUN HERE',
  rows: [],
  reasons: ['It cannot run here.'],
};
const busy: Proof = { ...missed, factor: 8, verdict: 'TOO BUSY', reasons: ['Machine too busy: run again.'] };
const selfBefore = testProof({ after: bad, snapshots: [5, 5] });
const selfAfter = testProof({ before: good, snapshots: [6, 6] });
const selfProved = testProof({ snapshots: [5, 5] });
const selfUnguarded = testProof({ after: { ...bad, failed: 50 }, snapshots: [5, 5] });

describe('the exit code', () => {
  test.each([
    { when: 'all are proved', proofs: [proved, proved], self: undefined, code: 0 },
    { when: 'one is not', proofs: [proved, missed], self: undefined, code: 1 },
    { when: 'there is none', proofs: [], self: undefined, code: 1 },
    { when: 'the others cannot run here', proofs: [proved, notHere], self: undefined, code: 0 },
    { when: 'one is not, and others cannot run here', proofs: [missed, notHere], self: undefined, code: 1 },
    { when: 'none can run here', proofs: [notHere], self: undefined, code: 1 },
    { when: 'the machine was too busy', proofs: [busy], self: undefined, code: 75 },
    { when: 'the machine was too busy for one', proofs: [proved, busy, notHere], self: undefined, code: 75 },
    { when: 'one is not, and the machine too busy for another', proofs: [missed, busy], self: undefined, code: 1 },
    { when: 'a self-proof met a busy machine', proofs: [selfBefore, busy], self: 'all' as const, code: 75 },
    { when: 'a snapshot meets itself', proofs: [selfBefore], self: 'before' as const, code: 1 },
    { when: 'all meet themselves and fail', proofs: [selfBefore, selfAfter], self: 'all' as const, code: 0 },
    { when: 'one of those is proved', proofs: [selfBefore, selfProved], self: 'all' as const, code: 1 },
    { when: 'one of those failed for a guard', proofs: [selfUnguarded, selfAfter], self: 'all' as const, code: 1 },
  ])('is $code when $when', ({ proofs, self, code }) => {
    expect(exitCodeOf(proofs, self)).toBe(code);
  });
});

test('several proofs are a line each and a sum', () => {
  const shown = showOutcome([proved, missed], { runs: 1 });
  expect(shown.split('\n').filter(Boolean)).toEqual([
    expect.stringMatching(/snapshot 5 -> snapshot 6 +PROVED/),
    expect.stringMatching(/snapshot 5 -> snapshot 6 +NOT PROVED/),
    '   orders lost: missed after (25, and must be 0). (and 1 more)',
    '1 of 2 PROVED in 25 s.',
  ]);
});

test('what cannot run here counts as neither', () => {
  const shown = showOutcome([proved, notHere, missed], { runs: 1 });
  expect(shown).toContain('1 of 2 PROVED in 37 s. 1 cannot run here, and counts as neither.');
});

test('a machine that was too busy counts as neither', () => {
  const shown = showOutcome([proved, busy], { runs: 1 });
  expect(shown).toContain('1 of 1 PROVED in 25 s. 1 met a machine too busy, and counts as neither. Run again.');
});

test('the numbers of a machine that was too busy go only where one asked for them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'outcome-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(await writeOutcome([busy], {})).toBeUndefined();
  const json = join(folder, 'proof.json');
  expect(await writeOutcome([busy], { json })).toBe(json);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ verdict: 'TOO BUSY' });
});

test('several runs show how the findings spread', () => {
  const runs = [proved, testProof({ before: { ...bad, lost: 31 } }), missed];
  const shown = showOutcome(runs, { runs: 3 });
  expect(shown).toMatch(/^Factor 6 in 3 runs$/m);
  expect(shown).toMatch(/^ {2}orders lost +25 to 31 +0 to 25 +0 +2 of 3$/m);
  expect(shown).toMatch(/^ {2}all are counted +no +yes, no +yes +2 of 3$/m);
  expect(shown).toContain('2 of 3 PROVED');
});

test('self-proofs say how many failed as they must, and what is wrong with the others', () => {
  const shown = showOutcome([selfBefore, selfAfter, selfUnguarded], { runs: 1, self: 'all' });
  expect(shown).toContain('2 of 3 self-proofs failed as they must');
  expect(shown).toContain('factor 6, snapshot 5 against itself: failed: a guard did not hold');
});

test.each([
  { proof: proved, name: 'reports/proof-06' },
  { proof: testProof({ folder: 'my-factory/06-processes' }), name: 'reports/proof-06-mine' },
  { proof: testProof({ folder: 'my-factory/06-processes', snapshots: [6, 6] }), name: 'reports/proof-06-exercise' },
  { proof: selfBefore, name: 'reports/self/proof-06-before' },
  { proof: selfAfter, name: 'reports/self/proof-06-after' },
])('the report is called $name', ({ proof, name }) => {
  expect(reportName(proof)).toBe(join(name));
});

test('one proof goes where it was asked to go, as JSON that holds all and as a page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'outcome-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [json, html] = [join(folder, 'deep', 'proof.json'), join(folder, 'proof.html')];
  expect(await writeOutcome([proved], { json, html })).toBe(html);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(JSON.parse(JSON.stringify(proved)));
  expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>/);
});
