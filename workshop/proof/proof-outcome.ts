import { join } from 'node:path';
import { type Paint, plain } from '../../terminal/paint.ts';
import { usualWidth } from '../../terminal/text-table.ts';
import type { Self } from './pairs.ts';
import type { Proof } from './proof.ts';
import { showProof, verdictLine } from './proof-table.ts';
import { ranges } from './ranges.ts';
import { type ReportFiles, reportName, reports, writeReport } from './report/report-files.ts';
import { wrongWithSelfProof } from './verdict.ts';

export interface OutcomeOptions {
  readonly self?: Self;
  /** How often each proof was done. */
  readonly runs: number;
}

/** The exit code where nothing is refuted, but the machine was too busy to say: EX_TEMPFAIL of sysexits(3), "try again later". */
export const tooBusy = 75;

/** What is said of all proofs together: one in full, several in a line each. */
export function showOutcome(
  proofs: readonly Proof[],
  { self, runs }: OutcomeOptions,
  paint: Paint = plain,
  width = usualWidth,
): string {
  const [only] = proofs;
  const parts = proofs.length === 1 && only ? [showProof(only, paint, width)] : [proofs.map(lineOf).join('\n')];
  if (runs > 1) {
    parts.push(...byPair(proofs).map((same) => `Factor ${same[0]?.factor} in ${runs} runs\n${ranges(same, width)}`));
  }
  if (proofs.length > 1) {
    parts.push(summary(proofs, self));
  }
  const wrong = self ? proofs.flatMap(wrongLines) : [];
  if (wrong.length > 0) {
    parts.push(`Not failed as they must:\n${wrong.join('\n')}`);
  }
  return parts.join('\n\n');

  function lineOf(proof: Proof): string {
    return verdictLine(self ? { ...proof, reasons: [] } : proof, paint, width);
  }
}

/**
 * 0 where every proof is PROVED; where all snapshots were compared with themselves, where every one failed as it must. 75
 * where the machine was too busy for one, and no other is against it.
 */
export function exitCodeOf(proofs: readonly Proof[], self: Self | undefined): number {
  if (proofs.length === 0) {
    return 1;
  }
  const isAnyTooBusy = proofs.some(wasTooBusy);
  if (self === 'all') {
    const isOneWrong = proofs.some((proof) => !wasTooBusy(proof) && wrongLines(proof).length > 0);
    return isOneWrong ? 1 : isAnyTooBusy ? tooBusy : 0;
  }
  // What could not be judged here is neither; but something has to have been proved.
  const judged = proofs.filter(wasJudged);
  if (judged.some(({ verdict }) => verdict !== 'PROVED')) {
    return 1;
  }
  if (isAnyTooBusy) {
    return tooBusy;
  }
  return judged.length > 0 ? 0 : 1;
}

function summary(proofs: readonly Proof[], self: Self | undefined): string {
  const seconds = proofs.reduce((sum, proof) => sum + proof.seconds.total, 0).toFixed(0);
  if (self) {
    const failed = proofs.filter((proof) => wrongLines(proof).length === 0).length;
    return `${failed} of ${proofs.length} self-proofs failed as they must, in ${seconds} s.`;
  }
  const judged = proofs.filter(wasJudged);
  const proved = judged.filter(({ verdict }) => verdict === 'PROVED').length;
  const busy = proofs.filter(wasTooBusy).length;
  const left = proofs.length - judged.length - busy;
  const counts = (count: number) => `${count === 1 ? 'counts' : 'count'} as neither.`;
  const neither = [
    ...(left > 0 ? [` ${left} cannot run here, and ${counts(left)}`] : []),
    ...(busy > 0 ? [` ${busy} met a machine too busy, and ${counts(busy)} Run again.`] : []),
  ];
  return `${proved} of ${judged.length} PROVED in ${seconds} s.${neither.join('')}`;
}

/** Whether an endpoint could do what the proof needs, and the machine had time for it. */
const wasJudged = ({ verdict }: Proof): boolean => verdict === 'PROVED' || verdict === 'NOT PROVED';

const wasTooBusy = ({ verdict }: Proof): boolean => verdict === 'TOO BUSY';

function wrongLines({ factor, before, verdict: word, rows, reasons }: Proof): string[] {
  const wrong = wrongWithSelfProof({ word, rows, reasons });
  return wrong.map((line) => `  factor ${factor}, snapshot ${before.snapshot} against itself: ${line}`);
}

/**
 * Writes a report for each pair (of several runs, the first that is not proved, or the last), and one of them all. What could
 * not run here leaves the reports that there are; undefined where that is true of all. So do the numbers of a machine that was
 * too busy, unless one asked for their files.
 */
export async function writeOutcome(
  all: readonly Proof[],
  { self, json, html }: Pick<OutcomeOptions, 'self'> & Partial<ReportFiles>,
): Promise<string | undefined> {
  const isAsked = json !== undefined || html !== undefined;
  const proofs = all.filter((proof) => wasJudged(proof) || (isAsked && wasTooBusy(proof)));
  if (proofs.length === 0) {
    return undefined;
  }
  const own = byPair(proofs).flatMap((same) => same.find(({ verdict }) => verdict !== 'PROVED') ?? same.slice(-1));
  const [only] = own;
  if (all.length === 1 && only) {
    // Where it was too busy, the file that was not asked for keeps the numbers that it has.
    const files = wasTooBusy(only) ? { json, html } : filesOf(reportName(only), { json, html });
    await writeReport([only], files);
    return files.html ?? files.json;
  }
  for (const proof of own.filter(wasJudged)) {
    await writeReport([proof], filesOf(reportName(proof), {}));
  }
  const ofAll = filesOf(self ? join(reports, 'self', 'proofs') : join(reports, 'proofs'), { json, html });
  await writeReport(all, ofAll);
  return ofAll.html;
}

function filesOf(name: string, asked: { json?: string | undefined; html?: string | undefined }): ReportFiles {
  return { json: asked.json ?? `${name}.json`, html: asked.html ?? `${name}.html` };
}

function byPair(proofs: readonly Proof[]): Proof[][] {
  return [...Map.groupBy(proofs, reportName).values()];
}
