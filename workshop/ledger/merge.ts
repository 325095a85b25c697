import type { Finding, Result, Run } from './result.ts';
import { rows } from './rows.ts';

/** What one run found, by the row's id. */
export type Findings = Readonly<Record<string, Finding>>;

/**
 * A result with what a run found. Rows that were not run again keep their run; runs and rows that nothing knows any more go,
 * and so does all that is known of another version of the endpoint.
 */
export function merge(known: Result | undefined, endpoint: string, run: Run, findings: Findings): Result {
  const before = known?.endpoint === endpoint ? known : { runs: [], rows: {} };
  // A run is merged job by job, so it may be known already.
  const current = before.runs.find(({ at }) => at === run.at) ?? run;
  const kept = Object.entries(before.rows).map(([id, row]) => ({ id, ...row, of: before.runs[row.run] ?? run }));
  const found = Object.entries(findings).map(([id, finding]) => ({ id, ...finding, of: current }));
  const all = new Map([...kept, ...found].map((row) => [row.id, row]));
  const ordered = rows.flatMap(({ id }) => all.get(id) ?? []);
  const runs = [...new Set([...before.runs, current])].filter((one) => ordered.some(({ of }) => of === one));
  const entries = ordered.map(({ id, outcome, reason, of }) => {
    return [id, { outcome, ...(reason !== undefined && { reason }), run: runs.indexOf(of) }] as const;
  });
  return { endpoint, runs, rows: Object.fromEntries(entries) };
}
