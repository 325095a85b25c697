import { describe, expect, test } from 'vitest';
import { contrast, themesOf } from '../../report/contrast.fixture.ts';
import { unclosedTags } from '../../report/html.fixture.ts';
import { bad, good, testProof } from '../proof.fixture.ts';
import { reportPage } from './proof-page.ts';

const page = reportPage([testProof()]);

test('needs nothing but itself', () => {
  expect(page).not.toMatch(/<script|<link|@import|src=|url\(|https?:\/\//);
});

test('escapes what it did not write', () => {
  expect(page).toContain('Is an order &#60;still&#62; there?');
  expect(page).not.toContain('<still>');
});

test('has a tag for every one that it opens', () => {
  expect(unclosedTags(page)).toEqual([]);
});

const markup = (text: string) => text.replace(/<style[\s\S]*?<\/style>/, '');

test('begins with the finding: one sentence with both numbers', () => {
  const [, h1 = ''] = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(page) ?? [];
  expect(h1).toBe('Orders lost: <b class="was">25</b> before, <b class="right">0</b> now.');
  expect(page.match(/<h1/g)).toHaveLength(1);
  expect(markup(page).indexOf('<h1')).toBeLessThan(markup(page).indexOf('<ul'));
});

test('shows each gate as two numbers, and says in words whether they meet what they must be', () => {
  const [lost, counted, ...others] = page.match(/<li class="pair[\s\S]*?<\/li>/g) ?? [];
  expect(others).toEqual([]);
  expect(lost).toMatch(/orders lost[\s\S]*before: missed[\s\S]*>25<[\s\S]*after: met[\s\S]*>0<[\s\S]*must be 0/);
  expect(counted).toMatch(/class="was"[\s\S]*>no<[\s\S]*class="right"[\s\S]*>yes</);
  const missed = reportPage([testProof({ after: bad })]);
  expect(missed).toMatch(/<li class="pair missed"><h3>orders lost[\s\S]*class="wrong"><small>after: missed/);
});

test('folds the table away, with every observable in it', () => {
  const [details = ''] = /<details>[\s\S]*?<\/details>/.exec(page) ?? [];
  expect(details).toContain('All 5 observables');
  expect(details.match(/<td data-side="after">/g)).toHaveLength(5);
  expect(details).not.toContain('<details open');
});

test('leads to the lesson, the diff, the next factor, and to itself again', () => {
  expect(page).toContain('<a href="../workshop/06-processes/README.md">');
  expect(page).toContain('<code>npm run diff -- 6</code>');
  expect(page).toContain('<code>npm run prove -- 6</code>');
  expect(page).toContain('<a href="../workshop/07-port-binding/README.md">factor 7, Port binding</a>');
});

test.each([
  {
    proof: testProof({ folder: 'my-factory/06-processes', after: bad }),
    says: /prove -- 6 --mine[\s\S]*workshop -- hint 6/,
  },
  { proof: testProof({ snapshots: [6, 6] }), says: /prove -- 6 --self after/ },
  { proof: { ...testProof(), factor: 12 }, says: /Next: <code>npm run compare/ },
])('the next step is $says', ({ proof, says }) => {
  expect(reportPage([proof])).toMatch(says);
});

test('says how busy the machine was', () => {
  const quiet = { cores: 2, cpu: 0.9, others: 0.01, steal: 0, lagMs: 40 };
  const load = { before: { ...quiet, cpu: 0.456, others: 0.1, lagMs: 12.3 }, after: quiet };
  expect(reportPage([{ ...testProof(), load }])).toContain(
    'Meanwhile 46 % of the time of the machine&#39;s 2 cores was in use, 10 % by other programs, and this process woke up to 12 ms late.',
  );
});

test.each(['light', 'dark'] as const)('every colour of a text is told apart, in the %s theme', (theme) => {
  const colours = { ...themesOf(page).light, ...themesOf(page)[theme] };
  for (const name of ['ink', 'soft', 'wrong', 'unsure', 'was', 'right']) {
    for (const ground of ['paper', 'card']) {
      expect(contrast(colours[name], colours[ground]), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test('draws a series as a line for each side', () => {
  expect(page.match(/<polyline /g)).toHaveLength(2);
  expect(page.match(/<circle /g)).toHaveLength(4);
});

describe('where something is missing', () => {
  test.each([
    { what: 'a gate', after: { ...good, lost: Number.NaN } },
    { what: 'a point of a line', after: { ...good, four: Number.NaN } },
    { what: 'everything', after: {} },
  ])('a page without $what says so', ({ after }) => {
    const broken = reportPage([testProof({ before: bad, after })]);
    expect(broken).toContain('not measured');
    expect(broken).not.toMatch(/NaN|undefined|Infinity/);
  });
});

test('several proofs begin with a summary that leads to each', () => {
  const several = reportPage([testProof(), testProof({ after: bad })]);
  expect(several).toContain('<h1>1 of 2 proved</h1>');
  expect(several.match(/<h1/g)).toHaveLength(1);
  expect(several.match(/href="#proof-\d"/g)).toEqual(['href="#proof-0"', 'href="#proof-1"']);
  expect(several.match(/id="proof-\d"/g)).toEqual(['id="proof-0"', 'id="proof-1"']);
});
