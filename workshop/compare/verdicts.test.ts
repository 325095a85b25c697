import { expect, test } from 'vitest';
import { testComparison, testRun } from './comparison.fixture.ts';
import { verdictsOf } from './verdicts.ts';

const words = (verdicts: readonly { when: string; what: string }[]) =>
  verdicts.map(({ when, what }) => `${when}, ${what}`);

test('each side is told where it wins', () => {
  const { servers, functions } = verdictsOf(testComparison());
  expect(words(servers)).toContainEqual(
    expect.stringMatching(
      /^Under steady load, half of all orders are taken within 2\.\d ms, against 1\d ms: \d times as fast$/,
    ),
  );
  expect(words(functions)).toContainEqual(
    expect.stringMatching(/^Below \d+(\.\d)? orders a second, day and night, they cost less$/),
  );
  expect(words(functions)).toContainEqual(
    expect.stringMatching(/^When a process is killed, no order is lost, against \d+ %$/),
  );
  expect(words(functions)).toContainEqual(
    expect.stringMatching(
      /^When a process is killed, requests are answered as before at once; on the other side after 1\.\d s$/,
    ),
  );
});

test('with the sides changed, the words change sides', () => {
  const run = testRun('kill');
  const swapped = run.sides.map(
    (side) => ({ ...side, side: side.side === 'servers' ? 'functions' : 'servers' }) as const,
  );
  // Of money nothing: servers are not billed for what functions are.
  const unbilled = (sides: typeof run.sides) => ({ ...run, sides: sides.map((side) => ({ ...side, billable: {} })) });
  const straight = verdictsOf({ scenarios: [unbilled(run.sides)] });
  const crossed = verdictsOf({ scenarios: [unbilled(swapped)] });
  expect(crossed).toEqual({ servers: straight.functions, functions: straight.servers });
  expect(straight.functions).not.toEqual([]);
});

test('nothing is said of a run that is partial', () => {
  const scenarios = [testRun('kill', { partial: 'functions: Interrupted.' })];
  expect(verdictsOf({ scenarios })).toEqual({ servers: [], functions: [] });
});
