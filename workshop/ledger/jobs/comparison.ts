import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { scenarios } from '../../compare/scenarios.ts';
import type { Job, JobContext } from '../job.ts';
import type { Findings } from '../merge.ts';
import { oneLine, reasonOf } from '../reason.ts';
import { cannotRun, doesNot, type Finding, works } from '../result.ts';
import { compareRow } from '../rows.ts';

/** What is read of the JSON that a comparison writes. */
const comparison = z.object({
  scenarios: z.array(z.object({ scenario: z.string(), partial: z.string().optional() })),
});

export const compare: Job = {
  name: 'compare',
  group: 'compare',
  rows: scenarios.map(({ name }) => compareRow(name)),
  run: compareAll,
};

async function compareAll({ npm, scratch }: JobContext): Promise<Findings> {
  const json = join(scratch, 'compare.json');
  const ended = await npm('compare', '--json', json, '--html', join(scratch, 'compare.html'));
  const written = await readFile(json, 'utf8').catch(() => undefined);
  if (written === undefined) {
    const failed = doesNot(reasonOf(ended));
    return Object.fromEntries(compare.rows.map((row) => [row, failed]));
  }
  const { scenarios: ran } = comparison.parse(JSON.parse(written));
  return Object.fromEntries(ran.map(({ scenario, partial }) => [compareRow(scenario), judge(partial)]));
}

function judge(partial: string | undefined): Finding {
  if (partial === undefined) {
    return works;
  }
  const lacks = /^left out, because (this endpoint has .*)$/.exec(partial)?.[1];
  return lacks === undefined ? doesNot(oneLine(partial)) : cannotRun(oneLine(lacks));
}
