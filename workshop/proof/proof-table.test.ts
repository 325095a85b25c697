import { expect, test } from 'vitest';
import { bad, good, testProof } from './proof.fixture.ts';
import { showProof, verdictLine } from './proof-table.ts';

test('a proof is a table with gates and guards apart, and a verdict', () => {
  expect(showProof(testProof())).toBe(`Factor 6, Processes: snapshot 5 -> snapshot 6
Is an order <still> there?

  observable       before       after        must be
Gates: must fail before and pass after
  orders lost      25           0            0
  all are counted  no           yes          yes

Guards: met on both sides
  failed           0 %          0 %          <= 5

For information
  with two         10 a second  11 a second
  with four        10 a second  21 a second

PROVED in 12.3 s`);
});

test('a proof that failed points at the rows, and says why', () => {
  const shown = showProof(testProof({ after: { ...good, lost: 1, four: Number.NaN } }));
  expect(shown).toMatch(/^ {2}orders lost +25 +1 +0 {2}<- this one$/m);
  expect(shown).toMatch(/^ {2}with four +10 a second +not measured {2}<- this one$/m);
  expect(shown).toMatch(
    /^NOT PROVED in 12\.3 s\n {2}orders lost: missed after \(1, and must be 0\)\.\n {2}with four: not/m,
  );
});

test.each([
  { proof: testProof(), says: /^ 6 Processes +snapshot 5 -> snapshot 6 +PROVED +12\.3 s$/ },
  {
    proof: testProof({ after: bad }),
    says: /NOT PROVED +12\.3 s {2}orders lost: missed after \(25, and must be 0\)\. \(and 1 more\)$/,
  },
  { proof: testProof({ folder: 'my-factory/06-processes' }), says: /snapshot 5 -> my-factory\/06-processes +PROVED/ },
])('a line says $says', ({ proof, says }) => {
  expect(verdictLine(proof)).toMatch(says);
});

test('a terminal gets colours, by what a finding was meant to be', () => {
  const shown = showProof(testProof(), (colour, text) => `<${colour}>${text}</>`);
  expect(shown).toMatch(/orders lost +<green>25 +<\/> {2}<green>0 +<\/>/);
  expect(shown).toContain('<green>PROVED</>');
});
