import { expect, test } from 'vitest';
import { quietMachine, testCalibration, testComparison, testRun } from './comparison.fixture.ts';
import type { ScenarioRun } from './measurement.ts';
import { matrixOf } from './report/matrix.ts';
import { rowsOf } from './report/rows.ts';
import { isSaturated, saturationBanner, saturationIn } from './saturation.ts';
import { verdictsOf } from './verdicts.ts';

function onMachine(name: string, change: Partial<typeof quietMachine>): ScenarioRun {
  const run = testRun(name);
  return { ...run, sides: run.sides.map((side) => ({ ...side, machine: { ...quietMachine, ...change } })) };
}

const timed = [
  ...['place-p50', 'place-p95', 'place-p99', 'list-p95', 'follow-p95', 'slowest-bake', 'recovery'],
  // With a slower machine there are more environments at a time.
  ...['unfairness', 'peak-memory', 'mean-memory'],
];

test.each([
  { change: {}, says: [] },
  {
    change: { cpu: 0.97 },
    says: ['servers: 97 % of the processor time was in use', expect.stringMatching(/^functions/)],
  },
  { change: { others: 0.5 }, says: ['servers: other programs took 50 % of the processor time', expect.any(String)] },
] as const)('a scenario on a machine with $change is saturated for $says', ({ change, says }) => {
  const run = onMachine('steady', change as Partial<typeof quietMachine>);
  expect(saturationIn(run)).toEqual(says);
  expect(isSaturated(run)).toBe(says.length > 0);
});

test('no time has a winner where the machine was saturated, and every count has', () => {
  const busy = onMachine('kill', { cpu: 0.99 } as object);
  const winners = rowsOf(busy).filter(({ wins }) => wins !== undefined);
  expect(winners.filter(({ name }) => timed.includes(name))).toEqual([]);
  expect(winners.map(({ name }) => name)).toContain('lost');
  const said = Object.values(verdictsOf({ scenarios: [busy] })).flat();
  expect(said.map(({ what }) => what).join('\n')).toMatch(/no order is lost, against \d+ %/);
  expect(said.map(({ what }) => what).join('\n')).not.toMatch(/within|answered as before|times as fast/);
});

test('the banner says which scenarios, why, and what to do', () => {
  const scenarios = [
    testRun('steady'),
    onMachine('burst', { cpu: 0.95 } as object),
    onMachine('kill', { lagMs: 300 } as object),
  ];
  expect(saturationBanner(testComparison({ scenarios }))).toBe(
    'The machine was too busy in burst, kill (servers: 95 % of the processor time was in use). Times are not judged there; counts are. Try a lower --rate, or a quiet machine.',
  );
  expect(saturationBanner(testComparison())).toBeUndefined();
});

test('nothing is said of costs where the machine was busy while they were found out', () => {
  const calibration = { ...testCalibration, machine: { ...quietMachine, others: 0.6 } };
  const comparison = testComparison({ calibration });
  expect(saturationBanner(comparison)).toMatch(
    /^The machine was too busy: other programs took 60 % .* before anything was compared\./,
  );
  const said = Object.values(verdictsOf(comparison)).flat();
  expect(said.map(({ what }) => what).join('\n')).not.toMatch(/cost/);
  expect(matrixOf(comparison).map(({ name }) => name)).not.toContain('cost');
});

test('a time that does not hold through its scenario is no headline', () => {
  const run = testRun('steady');
  const drifting = run.sides.map((side) => ({
    ...side,
    samples: side.samples.map((sample) => ({
      ...sample,
      latencyMs: sample.latencyMs * (1 + Math.max(0, sample.dueAt) / 4000),
    })),
  }));
  const said = (sides: ScenarioRun['sides']) => Object.values(verdictsOf({ scenarios: [{ ...run, sides }] })).flat();
  expect(
    said(run.sides)
      .map(({ what }) => what)
      .join(),
  ).toMatch(/half of all orders/);
  expect(
    said(drifting)
      .map(({ what }) => what)
      .join(),
  ).not.toMatch(/half of all orders/);
});
