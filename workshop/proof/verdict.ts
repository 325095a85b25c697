import {
  type EndpointCapability,
  type Experiment,
  type Finding,
  type Findings,
  lacking,
  type Observable,
  type Requirement,
} from '../experiment/experiment.ts';
import { busyIn, type MachineLoad } from '../experiment/machine-load.ts';

/** TOO BUSY: only findings that depend on time were missed, on a machine that had too much else to do. Run it again. */
export type VerdictWord = 'PROVED' | 'NOT PROVED' | 'CANNOT RUN HERE' | 'TOO BUSY';

/** What was found on one side, and whether it meets what it must be. */
export interface Side {
  /** Missing where it was not measured. */
  readonly finding?: Finding;
  /** Missing for what is not judged. */
  readonly met?: boolean;
}

/** One observable with both of its findings: a row of the table. */
export interface Row {
  readonly name: string;
  readonly kind: Observable['kind'];
  readonly title: string;
  readonly unit?: string;
  /** What it must be, as it stands in the table; missing for what is only shown. */
  readonly mustBe?: string;
  /** Where to look for the reason of a miss. */
  readonly lookAt?: string;
  /** The number that it must not cross, for a plot. */
  readonly limit?: number;
  readonly before: Side;
  readonly after: Side;
  /** Whether the row does its part: a gate that turned, a guard that held, a showing that was measured. */
  readonly holds: boolean;
  /** Whether a busy machine changed what is found, or may have. */
  readonly timed?: true;
}

export interface Verdict {
  readonly word: VerdictWord;
  /** Why it is not proved, a line each; empty where it is. */
  readonly reasons: readonly string[];
  readonly rows: readonly Row[];
}

/** The two findings of a row, before they are judged. */
interface Pair {
  readonly before: Finding | undefined;
  readonly after: Finding | undefined;
}

/**
 * Judges what an experiment found on the two sides. A gate must be missed before and met after, a guard must be met on
 * both, and nothing may be missing: what was not measured proves nothing. So does an experiment without a gate.
 *
 * Where only findings that depend on time fail it, and the machine was busy, that says nothing of the snapshots.
 * @param loads - How busy the machine was while each side was observed. @default - not measured
 */
export function judge(
  experiment: Experiment,
  before: Findings,
  after: Findings,
  loads: readonly MachineLoad[] = [],
): Verdict {
  const judged = Object.entries(experiment.observables).map(([name, observable]) =>
    judgeRow(name, observable, { before: measured(before[name]), after: measured(after[name]) }),
  );
  const rows = judged.map(({ row }) => row);
  const reasons = judged.flatMap((one) => one.reasons);
  if (!rows.some(({ kind }) => kind === 'gate')) {
    reasons.push('The experiment has no gate, so there is nothing to prove.');
  }
  if (reasons.length === 0) {
    return { word: 'PROVED', reasons, rows };
  }
  const failing = rows.filter(({ holds }) => !holds);
  return { ...blame(failing, reasons, loads), rows };
}

/** Whether it is the code that failed, or the machine that was too busy to tell. */
function blame(
  failing: readonly Row[],
  reasons: readonly string[],
  loads: readonly MachineLoad[],
): Pick<Verdict, 'word' | 'reasons'> {
  const why = [...new Set(loads.flatMap(busyIn))].join(', and ');
  if (why === '') {
    return { word: 'NOT PROVED', reasons };
  }
  if (failing.length > 0 && failing.every(({ timed }) => timed)) {
    return { word: 'TOO BUSY', reasons: [tooBusyFor(why), ...reasons] };
  }
  return { word: 'NOT PROVED', reasons: [...reasons, `The machine was busy, too: ${why}.`] };
}

/** The verdict where an endpoint cannot do what the experiment needs; undefined where it can. */
export function judgeCapabilities(
  experiment: Experiment,
  capabilities: ReadonlySet<EndpointCapability>,
): Verdict | undefined {
  const missing = (experiment.needs ?? []).filter((capability) => !capabilities.has(capability));
  if (missing.length === 0) {
    return undefined;
  }
  const reasons = missing.map((capability) => `It cannot run here: ${lacking[capability]}.`);
  return { word: 'CANNOT RUN HERE', reasons, rows: [] };
}

/**
 * The verdict where a guard did not hold on a side, which makes the other numbers mean nothing; undefined where all that was
 * measured held.
 */
export function stoppedBy(
  { rows }: Verdict,
  side: 'before' | 'after',
  loads: readonly MachineLoad[] = [],
): Verdict | undefined {
  const guards = rows.filter((row) => row.kind === 'guard' && row[side].met === false);
  if (guards.length === 0) {
    return undefined;
  }
  // A gate that was missed after is what is wrong as well, and may be why the guard does not hold.
  const gates = rows.filter((row) => side === 'after' && row.kind === 'gate' && row.after.met === false);
  const missed = [...gates, ...guards];
  const reasons = missed.map((row) => {
    const found = `${withUnit(row[side].finding, row.unit)}, and must be ${row.mustBe}`;
    const what = row.kind === 'gate' ? 'missed' : 'the guard does not hold';
    return advised(`${row.title}: ${what} ${side} (${found}).`, side, row);
  });
  return { ...blame(missed, reasons, loads), rows };
}

/** What is missed after is the attendee's to mend. */
const advised = (
  reason: string,
  side: 'before' | 'after',
  { lookAt }: { readonly lookAt?: string | undefined },
): string => (side === 'after' && lookAt ? `${reason} ${lookAt}` : reason);

/**
 * The verdict where a side could not be looked at to the end. On a busy machine whatever took too long may be the reason.
 * @param loads - How busy the machine was meanwhile. @default - not measured
 */
export function failed(reason: string, loads: readonly MachineLoad[] = []): Verdict {
  const why = [...new Set(loads.flatMap(busyIn))].join(', and ');
  return why === ''
    ? { word: 'NOT PROVED', reasons: [reason], rows: [] }
    : { word: 'TOO BUSY', reasons: [tooBusyFor(why), reason], rows: [] };
}

const tooBusyFor = (why: string): string => `Machine too busy: run again. Meanwhile ${why}.`;

/**
 * Whether a proof of a snapshot against itself failed as it must: everything was measured, every guard held, and no
 * gate turned. Returns what is wrong with it, a line each; a gate that turns by itself measures noise.
 */
export function wrongWithSelfProof({ word, rows, reasons }: Verdict): string[] {
  if (word === 'PROVED') {
    return ['It is PROVED, though nothing changed.'];
  }
  if (rows.length === 0) {
    return [...reasons];
  }
  return rows.flatMap((row) => {
    if (row.before.finding === undefined || row.after.finding === undefined) {
      return [`${row.title}: not measured.`];
    }
    if (row.kind === 'guard' && !row.holds) {
      return [`${row.title}: a guard did not hold, so it failed for that.`];
    }
    if (row.kind === 'gate' && row.holds) {
      return [`${row.title}: the gate turned, though nothing changed.`];
    }
    return [];
  });
}

function judgeRow(name: string, observable: Observable, pair: Pair): { row: Row; reasons: string[] } {
  const { kind, title, unit } = observable;
  const must = observable.kind === 'shown' ? undefined : observable.must;
  const [before, after] = [sideOf(pair.before, must, pair), sideOf(pair.after, must, pair)];
  const limit = must?.limit?.(pair.before);
  const reasons = reasonsOf(observable, before, after);
  const row: Row = {
    ...{ name, kind, title, before, after, holds: reasons.length === 0 },
    ...(unit !== undefined && { unit }),
    ...(isTimed(observable, before, after) && { timed: true }),
    ...(must && { mustBe: must.says }),
    ...('lookAt' in observable && observable.lookAt !== undefined && { lookAt: observable.lookAt }),
    ...(limit !== undefined && Number.isFinite(limit) && { limit }),
  };
  return { row, reasons };
}

function isTimed({ timed = false }: Observable, before: Side, after: Side): boolean {
  switch (timed) {
    case 'if missing':
      return before.finding === undefined || after.finding === undefined;
    case 'unless none':
      return after.finding !== 0;
    default:
      return timed;
  }
}

function sideOf(finding: Finding | undefined, must: Requirement | undefined, { before }: Pair): Side {
  if (finding === undefined) {
    return {};
  }
  return { finding, ...(must && { met: must.isMet(finding, before) }) };
}

function reasonsOf(observable: Observable, before: Side, after: Side): string[] {
  const { kind, title } = observable;
  const sides = { before, after };
  const missing = (['before', 'after'] as const).filter((side) => sides[side].finding === undefined);
  if (missing.length > 0) {
    const lookAt = kind === 'shown' ? undefined : observable.lookAt;
    return missing.map((side) => advised(`${title}: not measured ${side}.`, side, { lookAt }));
  }
  if (kind === 'shown') {
    return [];
  }
  const { says } = observable.must;
  const found = ({ finding }: Side) => `${withUnit(finding, observable.unit)}, and must be ${says}`;
  const reasons: string[] = [];
  if (kind === 'gate' && before.met) {
    reasons.push(`${title}: already met before the change (${found(before)}).`);
  }
  if (kind === 'guard' && !before.met) {
    reasons.push(`${title}: the guard does not hold before (${found(before)}).`);
  }
  if (!after.met) {
    const missed = `${title}: ${kind === 'gate' ? 'missed' : 'the guard does not hold'} after (${found(after)}).`;
    reasons.push(advised(missed, 'after', observable));
  }
  return reasons;
}

/** What is no number was not measured, even if it is called one. */
function measured(finding: Finding | undefined): Finding | undefined {
  return typeof finding === 'number' && !Number.isFinite(finding) ? undefined : finding;
}

/** A finding as a person reads it: `yes`, `12.3 ms`. */
export function withUnit(finding: Finding | undefined, unit?: string): string {
  if (finding === undefined) {
    return 'not measured';
  }
  if (typeof finding === 'boolean') {
    return finding ? 'yes' : 'no';
  }
  if (typeof finding === 'string') {
    return finding;
  }
  const digits = Math.abs(finding) >= 100 ? 0 : Math.abs(finding) >= 10 ? 1 : 2;
  const number = Number.isInteger(finding) ? finding : Number(finding.toFixed(digits));
  return unit ? `${number.toLocaleString('en')} ${unit}` : number.toLocaleString('en');
}
