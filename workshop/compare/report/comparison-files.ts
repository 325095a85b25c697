import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reports } from '../../proof/report/report-files.ts';
import type { Comparison } from '../measurement.ts';
import { comparisonPage } from './page/comparison-page.ts';

export interface ComparisonFiles {
  readonly json?: string;
  readonly html?: string;
}

/** Writes a comparison as JSON and as a page. Returns the page's file. */
export async function writeComparison(comparison: Comparison, files: ComparisonFiles): Promise<string> {
  const { json = join(reports, 'compare.json'), html = join(reports, 'compare.html') } = files;
  for (const file of [json, html]) {
    await mkdir(dirname(file), { recursive: true });
  }
  await writeFile(json, `${JSON.stringify(comparison)}\n`);
  await writeFile(html, comparisonPage(comparison));
  return html;
}
