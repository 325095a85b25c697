import { describe, expect, test } from 'vitest';
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

test('plots a gate as bars with the threshold, and a yes or no as words', () => {
  const [bars, words] = page.match(/<figure>[\s\S]*?<\/figure>/g)?.slice(1) ?? [];
  expect(bars).toContain('orders lost: 25 before, 0 after; must be 0');
  expect(bars?.match(/<rect /g)).toHaveLength(2);
  expect(bars).toContain('class="limit"');
  expect(words).toMatch(/word was"><span>before<\/span><strong>no<[\s\S]*word right"><span>after<\/span><strong>yes</);
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

test('no bar is longer than the plot, whatever the findings', () => {
  for (const lost of [0, 1e-9, 1e12]) {
    const extreme = reportPage([testProof({ before: { ...bad, lost }, after: { ...good, lost: 0 } })]);
    const widths = [...extreme.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(Math.max(...widths)).toBeLessThan(460);
  }
});

test('several proofs begin with a summary that leads to each', () => {
  const several = reportPage([testProof(), testProof({ after: bad })]);
  expect(several).toContain('1 of 2 proved');
  expect(several.match(/href="#proof-\d"/g)).toEqual(['href="#proof-0"', 'href="#proof-1"']);
  expect(several.match(/id="proof-\d"/g)).toEqual(['id="proof-0"', 'id="proof-1"']);
});
