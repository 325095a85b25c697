import { z } from 'zod';

/** What became of a row. It is `not run` where something before it failed, or it was not tried. */
export const outcomes = ['works', 'does not', 'cannot run here', 'not run'] as const;
export type Outcome = (typeof outcomes)[number];

/** What a job found out about a row. */
export interface Finding {
  readonly outcome: Outcome;
  /** In one line, without a full stop; missing where it works. */
  readonly reason?: string;
}

export const works: Finding = { outcome: 'works' };
export const doesNot = (reason: string): Finding => ({ outcome: 'does not', reason });
export const cannotRun = (reason: string): Finding => ({ outcome: 'cannot run here', reason });
export const notRun = (reason: string): Finding => ({ outcome: 'not run', reason });

/** How often each outcome was found: `works 3, does not 1`. */
export function tally(findings: readonly Finding[]): string {
  const counts = outcomes.map(
    (outcome) => [outcome, findings.filter((one) => one.outcome === outcome).length] as const,
  );
  return counts.flatMap(([outcome, count]) => (count > 0 ? [`${outcome} ${count}`] : [])).join(', ');
}

const run = z.strictObject({
  /** When it began: ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** Of the project; with a plus where files differed from it. */
  commit: z.string().min(7),
  node: z.string(),
  system: z.string(),
  /** What was substituted in the endpoint, or set for it. */
  note: z.string().optional(),
});

/** The circumstances in which rows were run. */
export type Run = z.infer<typeof run>;

const result = z
  .strictObject({
    /** What the endpoint says that it is. */
    endpoint: z.string().min(1),
    /** Oldest first. */
    runs: z.array(run),
    /** By the row's id. `run` is a place in `runs`. */
    rows: z.record(
      z.string(),
      z.strictObject({ outcome: z.enum(outcomes), reason: z.string().optional(), run: z.int().nonnegative() }),
    ),
  })
  .refine(({ runs, rows }) => Object.values(rows).every((row) => row.run < runs.length), 'A row has no run.');

/** All that is known of one endpoint: a file of `docs/endpoints`, and a column of the page. */
export type Result = z.infer<typeof result>;

/** Reads a result file. @throws Error that names the file */
export function parseResult(json: string, file: string): Result {
  const parsed = result.safeParse(JSON.parse(json));
  if (parsed.success) {
    return parsed.data;
  }
  throw new Error(`${file} is no result of an endpoint: ${z.prettifyError(parsed.error)}`);
}
