import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reports } from '../../proof/report/report-files.ts';
import type { Comparison } from '../measurement.ts';
import { scenarios } from '../scenarios.ts';
import { comparisonPage } from './page/comparison-page.ts';

export interface ComparisonFiles {
  readonly json?: string;
  readonly html?: string;
}

/**
 * Writes a comparison as JSON and as a page. Returns the page's file. A part of the scenarios has files of its own by their
 * names, so that it leaves the report of all.
 */
export async function writeComparison(comparison: Comparison, files: ComparisonFiles): Promise<string> {
  const name = nameOf(comparison);
  const { json = join(reports, `${name}.json`), html = join(reports, `${name}.html`) } = files;
  for (const file of [json, html]) {
    await mkdir(dirname(file), { recursive: true });
  }
  await writeFile(json, `${JSON.stringify(comparison)}\n`);
  await writeFile(html, comparisonPage(comparison));
  return html;
}

/** `compare`, or `compare-steady-kill` where only some scenarios were run. */
export function nameOf({ scenarios: run }: Pick<Comparison, 'scenarios'>): string {
  const names = run.map(({ scenario }) => scenario);
  return names.length === scenarios.length ? 'compare' : ['compare', ...names].join('-');
}
