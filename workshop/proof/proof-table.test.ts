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

PROVED in 12.3 s
Orders lost: 25 before, 0 now.`);
});

test('a proof that failed points at the rows, and says why', () => {
  const shown = showProof(testProof({ after: { ...good, lost: 1, four: Number.NaN } }));
  expect(shown).toMatch(/^x orders lost +25 +1 +0$/m);
  expect(shown).toMatch(/^x with four +10 a second +not measured$/m);
  expect(shown).toMatch(
    /^NOT PROVED in 12\.3 s\nOrders lost: 25 before, 1 now\.\n {2}orders lost: missed after \(1, and must be 0\)\.\n {2}with four: not/m,
  );
});

test.each([
  { proof: testProof(), says: /^ 6 Processes +snapshot 5 -> snapshot 6 +PROVED +12\.3 s$/ },
  {
    proof: testProof({ after: bad }),
    says: /NOT PROVED +12\.3 s\n {3}orders lost: missed after \(25, and must be 0\)\. \(and 1 more\)$/,
  },
  { proof: testProof({ folder: 'my-factory/06-processes' }), says: /snapshot 5 -> my-factory\/06-processes +PROVED/ },
])('a line says $says', ({ proof, says }) => {
  expect(verdictLine(proof)).toMatch(says);
});

const painted = (text: string) => text.replaceAll(/\s+/g, ' ');

test('a terminal gets colours, and what is bad is never green, though it was meant to be missed', () => {
  const shown = painted(showProof(testProof(), (colour, text) => `<${colour}>${text}</>`));
  expect(shown).toContain('orders lost <red>25</> <green>0</>');
  expect(shown).toContain('<green>PROVED</>');
});

test('a gate that is met before is not green either, and its row has a red cross', () => {
  const shown = painted(showProof(testProof({ before: good }), (colour, text) => `<${colour}>${text}</>`));
  expect(shown).toContain('<red>x </>orders lost <yellow>0</> <green>0</>');
  expect(shown).toContain('<red>NOT PROVED</>');
});

test.each([40, 80, 100])('a proof is no wider than %i columns', (width) => {
  const long = testProof();
  const rows = long.rows.map((row) => ({
    ...row,
    title: `${row.title}, ${'which takes a long title to say '.repeat(3)}`,
  }));
  const question =
    'Is an order still there when the process that took it is gone, wherever it went to in the meantime?';
  const reasons = ['A reason that is a good deal longer than what fits into a line of a terminal of the usual width.'];
  const lines = showProof({ ...long, rows, question, reasons }, undefined, width).split('\n');
  expect(lines.slice(1).filter((line) => line.length > width)).toEqual([]);
});
