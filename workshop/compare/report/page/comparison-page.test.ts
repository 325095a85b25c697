import { expect, test } from 'vitest';
import { contrast, themesOf } from '../../../report/contrast.fixture.ts';
import { unclosedTags } from '../../../report/html.fixture.ts';
import { quietMachine, testComparison, testRun } from '../../comparison.fixture.ts';
import { comparisonPage } from './comparison-page.ts';

const page = comparisonPage(testComparison());
const markup = page.replace(/<style\b[\s\S]*?<\/style>/g, '');

test('needs nothing but itself, and is 500 KB or less', () => {
  expect(page).not.toMatch(/<link|<script|@import|\bsrc=|url\(/);
  expect(markup).not.toMatch(/https?:\/\//);
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(500_000);
});

test('does not grow with what was measured', () => {
  const [run] = testComparison().scenarios;
  const sides = run?.sides.map((side) => ({ ...side, samples: Array(100).fill(side.samples).flat() })) ?? [];
  const long = comparisonPage(testComparison({ scenarios: run ? [{ ...run, sides }] : [] }));
  const short = comparisonPage(testComparison({ scenarios: run ? [run] : [] }));
  // Points that stand for fewer milliseconds, at most: those of 8 s are 100 ms apart.
  expect(long.length).toBeLessThan(3 * short.length);
});

test('has a tag for every one that it opens', () => {
  expect(unclosedTags(markup)).toEqual([]);
});

test('opens with one matrix, and each cell leads to what is on the page', () => {
  const matrix = /<div class="scroll matrix">[\s\S]*?<\/table>/.exec(markup)?.[0] ?? '';
  expect(markup.indexOf('class="scroll matrix"')).toBeLessThan(markup.indexOf('class="lede"'));
  const cells = matrix.match(/<td>/g) ?? [];
  // Seven questions of six scenarios; two of those have no incident to recover from.
  expect(cells).toHaveLength(7 * 6);
  const targets = [...matrix.matchAll(/<td><a href="#([^"]+)"/g)].map(([, id]) => id);
  expect(targets).toHaveLength(7 * 6 - 2);
  expect(targets.filter((id) => !markup.includes(` id="${id}"`))).toEqual([]);
  expect(targets).toEqual(expect.arrayContaining(['kill-lost', 'kill-latency', 'steady-memory', 'cost', 'deploy']));
});

test('a machine that was too busy is a banner, and no time of it is judged', () => {
  const run = testRun('burst');
  const sides = run.sides.map((side) => ({ ...side, machine: { ...quietMachine, cpu: 0.97 } }));
  const busy = comparisonPage(testComparison({ scenarios: [testRun('steady'), { ...run, sides }] }));
  expect(busy).toMatch(/<p class="banner" role="alert">The machine was too busy in burst /);
  expect(busy).toMatch(/<strong>Too busy:<\/strong> servers: 97 % of the processor time was in use\./);
  expect(page).not.toContain('role="alert"');
});

test.each(['light', 'dark'] as const)('every colour of a text is told apart, in the %s theme', (theme) => {
  const colours = { ...themesOf(page).light, ...themesOf(page)[theme] };
  for (const name of ['ink', 'soft', 'wrong', 'unsure', 'servers', 'functions']) {
    for (const ground of ['paper', 'card']) {
      expect(contrast(colours[name], colours[ground]), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test('says where each side wins, where they break even, and what was done when', () => {
  expect(markup).toMatch(
    /Where servers win[\s\S]*Under steady load[\s\S]*Where functions win[\s\S]*no order is lost, against/,
  );
  expect(markup).toMatch(/Below \d+(\.\d)? orders a second, day and night, functions cost less/);
  expect(markup).not.toMatch(/NaN|undefined|Infinity/);
});

test('nothing that was measured can begin a tag', () => {
  const hostile = '</script><b>bold</b>';
  const scenarios = [testRun('kill', { title: hostile, partial: hostile, incidents: [{ at: 3200, title: hostile }] })];
  const escaped = comparisonPage(testComparison({ scenarios, endpoint: hostile }));
  expect(escaped).not.toContain(hostile);
});

test('what is partial says so, and what was left out has no plots', () => {
  const scenarios = [testRun('steady', { sides: [], partial: 'left out, because the endpoint is gone.' })];
  const partial = comparisonPage(testComparison({ scenarios }));
  expect(partial).toContain('left out, because the endpoint is gone.');
  expect(partial).not.toMatch(/<svg|NaN/);
});

test('each plot is drawn, with every side in it, and tells its values', () => {
  const figures = [...page.matchAll(/<figure id="([^"]+)"[\s\S]*?<\/figure>/g)];
  // Of six scenarios latency, throughput, load and memory; of one lost orders; and the costs.
  expect(figures).toHaveLength(6 * 4 + 1 + 1);
  for (const [figure, name] of figures) {
    expect(figure, name).toMatch(/<(polyline|rect) class="(line|bars) servers"/);
    expect(figure, name).toMatch(
      name === 'kill-lost' ? /<li class="bars functions">/ : /class="(line|bars) functions" /,
    );
    expect(figure, name).toMatch(/<title>[^<]*servers (p50 )?\$?\d/);
  }
});

test('a killed process is a line in each plot over time, and its failures are crosses', () => {
  const figureOf = (name: string) => new RegExp(`<figure id="${name}"[\\s\\S]*?</figure>`).exec(page)?.[0] ?? '';
  expect(figureOf('kill-latency')).toMatch(/<text class="mark"[^>]*>a process is killed</);
  expect(figureOf('kill-latency')).toContain('<path class="failures servers"');
  expect(figureOf('kill-memory')).toContain('<line class="mark"');
  expect(figureOf('steady-latency')).not.toMatch(/<line class="mark"|<path class="failures/);
});
