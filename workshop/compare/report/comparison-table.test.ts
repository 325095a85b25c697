import { expect, test } from 'vitest';
import { quietMachine, testComparison, testRun } from '../comparison.fixture.ts';
import { comparisonTable } from './comparison-table.ts';

const kill = testComparison({ scenarios: [testRun('kill')] });

test('a scenario is a block, with both sides beside each other', () => {
  const shown = comparisonTable(kill);
  expect(shown).toMatch(/^A process is killed {2}20 customers a second, 8 s\n +servers +functions +better\n/);
  expect(shown).toMatch(/^ {2}orders lost +\d+ +0 {2}functions$/m);
  expect(shown).toMatch(/^ {2}placing, p50 +\d\.\d ms +1\d ms {2}servers$/m);
  expect(shown).toMatch(
    /\n\nWhere servers win\n {2}Nowhere, in what was measured\.\n\nWhere functions win\n {2}When a process is killed, no/,
  );
  expect(shown).not.toMatch(/NaN|undefined|Infinity/);
});

test('costs come last, with their date, and both sides of the break-even', () => {
  const shown = comparisonTable(kill);
  expect(shown).toMatch(/^ {2}cost of 1,000 orders +\$0\.\d+ +\$0\.\d+ {2}servers$/m);
  expect(shown.replaceAll(/\s+/g, ' ')).toMatch(
    / Cost Below \d+(\.\d)? orders a second, .*functions cost less; above it, servers do\. When it was measured.* Prices of us-east-1, 20\d\d-.*one customer at a time: ordering 6\.2 ms/,
  );
});

test('what is partial says so, and has no winner', () => {
  const scenarios = [
    testRun('kill', { partial: 'functions: Interrupted, 1.5 s into the measurement.' }),
    testRun('burst', { sides: [], partial: 'left out, because the endpoint is gone.' }),
  ];
  const shown = comparisonTable(testComparison({ scenarios }));
  expect(shown).toContain('  partial: functions: Interrupted, 1.5 s into the measurement.');
  expect(shown).toMatch(
    /a fifth of the time.*\n {2}partial: left out, because the endpoint is gone\.\n\nWhere servers win\n {2}Nowhere/,
  );
  expect(shown).not.toMatch(/ {2}(servers|functions)$/m);
});

test('the better number is green, on a terminal', () => {
  const shown = comparisonTable(kill, (colour, text) => `<${colour}>${text}</>`);
  expect(shown).toMatch(/orders lost +\d+ +<green>0<\/> {2}functions/);
});

test('an evil that is merely the lesser one is not green', () => {
  const run = testRun('kill');
  const sides = run.sides.map((side) => ({
    ...side,
    orders: side.orders.map((order, i) =>
      i % (side.side === 'servers' ? 3 : 9) === 0 ? { ...order, outcome: 'lost' as const } : order,
    ),
  }));
  const shown = comparisonTable(
    testComparison({ scenarios: [{ ...run, sides }] }),
    (colour, text) => `<${colour}>${text}</>`,
  );
  expect(shown).toMatch(/orders lost +\d+ +[1-9]\d* {2}functions/);
});

test('several scenarios are one matrix, and their numbers are in the report', () => {
  const shown = comparisonTable(testComparison());
  expect(shown).toMatch(
    /^ {2}better in +steady +burst +kill +deploy +scale-out +scale-in\n {2}orders lost +even +even +functions/,
  );
  expect(shown).not.toMatch(/customers a second, 8 s/);
});

test('a machine that was too busy is said first', () => {
  const run = testRun('kill');
  const sides = run.sides.map((side) => ({ ...side, machine: { ...quietMachine, others: 0.5 } }));
  const shown = comparisonTable(testComparison({ scenarios: [testRun('steady'), { ...run, sides }] }));
  expect(shown).toMatch(/^The machine was too busy in kill \(servers: other programs/);
  expect(shown).toMatch(/placing, p50 +servers +too busy/);
});

test.each([testComparison(), kill])('no line is wider than 80 columns', (comparison) => {
  expect(
    comparisonTable(comparison)
      .split('\n')
      .filter((line) => line.length > 80),
  ).toEqual([]);
});
