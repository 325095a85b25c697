import { expect, test } from 'vitest';
import { nextStep, type Standing, showOverview } from './overview.ts';
import { type State, stateOf } from './progress.ts';

const attempt = { verdict: 'PROVED', at: '2026-01-02T03:04:05Z', sha256: 'aa' } as const;

test.each([
  { attempted: undefined, sha256: 'aa', state: 'not tried' },
  { attempted: attempt, sha256: 'aa', state: 'proved' },
  { attempted: attempt, sha256: 'bb', state: 'drifted' },
  { attempted: attempt, sha256: undefined, state: 'drifted' },
  { attempted: { ...attempt, verdict: 'NOT PROVED' as const }, sha256: 'aa', state: 'not proved' },
  { attempted: { ...attempt, verdict: 'CANNOT RUN HERE' as const }, sha256: 'aa', state: 'not proved' },
])('$attempted.verdict of $attempted.sha256, now $sha256, is $state', ({ attempted, sha256, state }) => {
  expect(stateOf(attempted, sha256)).toBe(state);
});

const standing = (factor: number, given: State = 'not tried', mine: State = 'not tried', begun = false): Standing => ({
  ...{ factor, given, mine, begun, further: 'not tried' as const },
  ...{ name: `Factor ${factor}`, title: 'A title' },
});

test.each([
  {
    when: 'nothing was tried',
    all: [standing(1), standing(2)],
    says: /^Next: factor 1.*workshop\/01-codebase\/README\.md/,
  },
  { when: 'the first is proved', all: [standing(1, 'proved'), standing(2)], says: /^Next: factor 2/ },
  {
    when: 'one is proved as their own',
    all: [standing(1, 'not tried', 'proved', true), standing(2)],
    says: /factor 2/,
  },
  {
    when: 'one was begun',
    all: [standing(1), standing(2, 'proved', 'not proved', true)],
    says: /go on with my-factory\/02-dependencies.*npm run prove -- 2 --mine\nStuck\? npm run workshop -- hint 2/,
  },
  { when: 'one drifted', all: [standing(1), standing(2, 'drifted')], says: /factor 2 changed.*npm run prove -- 2$/ },
  { when: 'their own drifted', all: [standing(1, 'proved', 'drifted', true)], says: /npm run prove -- 1 --mine$/ },
  { when: 'all are proved', all: [standing(1, 'proved'), standing(2, 'proved')], says: /^All twelve are proved/ },
])('the next step when $when', ({ all, says }) => {
  expect(nextStep(all)).toMatch(says);
});

test('the overview has a line for each, and marks the half-day path', () => {
  const lines = showOverview([standing(1, 'proved'), standing(2, 'not tried', 'not tried', true)]).split('\n');
  expect(lines).toContainEqual(expect.stringMatching(/^ 1\* Factor 1 +proved +not tried +not tried +-$/));
  expect(lines).toContainEqual(expect.stringMatching(/^ 2 {2}Factor 2 +not tried +begun +not tried +-$/));
});

test('the overview fits a terminal of 80 columns', () => {
  const longest = {
    ...standing(5, 'not proved', 'not proved'),
    name: 'Build, release, run',
    further: 'not proved' as const,
    quiz: 3,
  };
  const lines = showOverview([longest]).split('\n');
  expect(Math.max(...lines.slice(0, 2).map((line) => line.length))).toBeLessThanOrEqual(80);
});
