import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { describeInBrowser, readPage } from '../../../../test/chromium.ts';
import { testComparison, testRun } from '../../comparison.fixture.ts';
import { comparisonPage } from './comparison-page.ts';

const page = comparisonPage(testComparison());
/** The page without what is drawn by a script, and without the library that draws. */
const markup = page.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '');

test('needs nothing but itself, and is 500 KB or less', () => {
  expect(page).not.toMatch(/<link|@import|\bsrc=|url\(/);
  expect(markup).not.toMatch(/https?:\/\//);
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(500_000);
});

test('does not grow with what was measured', () => {
  const [run] = testComparison().scenarios;
  const sides = run?.sides.map((side) => ({ ...side, samples: Array(100).fill(side.samples).flat() })) ?? [];
  const long = comparisonPage(testComparison({ scenarios: run ? [{ ...run, sides }] : [] }));
  const short = comparisonPage(testComparison({ scenarios: run ? [run] : [] }));
  // Points that stand for fewer milliseconds, at most: those of 8 s are 100 ms apart.
  expect(long.length - short.length).toBeLessThan(10_000);
});

test('has a tag for every one that it opens', () => {
  const open: string[] = [];
  for (const [, slash, name = ''] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (name === 'meta') {
      continue;
    }
    if (slash) {
      expect(open.pop()).toBe(name);
    } else {
      open.push(name);
    }
  }
  expect(open).toEqual([]);
});

test('says where each side wins, where they break even, and what was done when', () => {
  expect(markup).toMatch(
    /Where servers win[\s\S]*Under steady load[\s\S]*Where functions win[\s\S]*no order is lost, against/,
  );
  expect(markup).toMatch(/Below \d+(\.\d)? orders a second, day and night, functions cost less/);
  expect(page).toContain('"label":"a process is killed"');
  expect(markup).not.toMatch(/NaN|undefined|Infinity/);
});

test('nothing that was measured can end a script or begin a tag', () => {
  const hostile = '</script><b>bold</b>';
  const scenarios = [testRun('kill', { title: hostile, partial: hostile, incidents: [{ at: 3200, title: hostile }] })];
  const escaped = comparisonPage(testComparison({ scenarios, endpoint: hostile }));
  expect(escaped).not.toContain(hostile);
  expect(escaped.match(/<\/script>/g)).toHaveLength(3);
});

test('what is partial says so, and what was left out has no plots', () => {
  const scenarios = [testRun('steady', { sides: [], partial: 'left out, because the endpoint is gone.' })];
  const partial = comparisonPage(testComparison({ scenarios }));
  expect(partial).toContain('left out, because the endpoint is gone.');
  expect(partial).not.toMatch(/ data-plot=|NaN/);
});

describeInBrowser(() => {
  test.each([
    { what: 'wide', width: 1280 },
    { what: 'narrow', width: 500 },
  ])('$what, each plot is drawn', { timeout: 60_000 }, async ({ width }) => {
    const { dom, errors } = await open(page, width);
    expect(errors).toEqual([]);
    const plots = [...dom.matchAll(/data-plot="([^"]+)"[^>]*?(?:data-drawn="(\d+)x(\d+)")?>/g)];
    // Of six scenarios latency, throughput, load and memory; of one lost orders; and the costs.
    expect(plots).toHaveLength(6 * 4 + 1 + 1);
    for (const [, name, drawnWidth, drawnHeight] of plots) {
      expect(Number(drawnWidth), name).toBeGreaterThan(200);
      expect(Number(drawnHeight), name).toBeGreaterThan(150);
    }
    expect(dom.match(/<canvas /g)).toHaveLength(plots.length);
  });
});

/** The page as it is when its scripts have run, without a network. */
async function open(text: string, width: number): ReturnType<typeof readPage> {
  const folder = mkdtempSync(join(tmpdir(), 'comparison-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'page.html');
  writeFileSync(file, text);
  return readPage(pathToFileURL(file).href, ['--host-resolver-rules=MAP * ~NOTFOUND', `--window-size=${width},900`]);
}
