import type { SnapshotUnderTest } from './snapshot-under-test.ts';

/** What an experiment found out about one observable. */
export type Finding = number | boolean | string;

/** What an experiment found on one snapshot. What is missing, or undefined, was not measured, and fails the proof. */
export type Findings<Name extends string = string> = Readonly<Partial<Record<Name, Finding | undefined>>>;

/** What a finding must be. */
export interface Requirement {
  /** As it stands in the table: `0`, `>= 5`, `yes`. */
  readonly says: string;
  /** @param before - What the snapshot before showed, for what can only be judged beside it. */
  isMet(finding: Finding, before: Finding | undefined): boolean;
  /** The number at which a finding turns from missed to met, for a plot to draw; undefined where there is none. */
  limit?(before: Finding | undefined): number | undefined;
}

/**
 * Something an experiment looks at.
 *
 * A gate must be missed before and met after: it is what the factor changes. A guard must be met on both sides, or the
 * numbers mean nothing. What is only shown decides nothing.
 */
export type Observable =
  | (Observed & {
      readonly kind: 'gate' | 'guard';
      readonly must: Requirement;
      /** Where somebody whose own version missed it should look: a sentence that knows the usual mistake. */
      readonly lookAt?: string;
    })
  | (Observed & { readonly kind: 'shown' });

interface Observed {
  readonly title: string;
  readonly unit?: string;
  /**
   * Whether a busy machine changes what is found: a duration, a rate, or a count of what happened within a time. Where
   * such a finding misses on a busy machine, the verdict is TOO BUSY and not NOT PROVED. `'if missing'` is for what is
   * certain once it is found, and is left out where the time was up before. `'unless none'` is for a count of what no machine is
   * too slow for altogether: that none of it came to pass is certain. @default false
   */
  readonly timed?: boolean | 'if missing' | 'unless none';
}

/** Findings that belong on one line, such as the throughput with 2, 4 and 8 workers. */
export interface Series<Name extends string = string> {
  readonly title: string;
  readonly unit?: string;
  /** What the points are numbers of, such as `workers`, at the end of their axis. @default - nothing is written there */
  readonly across?: string;
  /** What is written under each point of the line, and the observable that is its height. */
  readonly points: readonly { readonly label: string; readonly observable: Name }[];
}

/** What an endpoint must be able to do for an experiment to run on it. */
export type EndpointCapability =
  /** End an execution environment, fail a call or deliver a message twice, on request: the fault port. */
  | 'faults'
  /** Reserve concurrency for a function, which a new AWS account does not grant. */
  | 'reserved concurrency'
  /** Run what is meant to break an account's rules without harm: only a local endpoint. */
  | 'loopback';

/** Why an experiment cannot run at an endpoint that lacks an capability. */
export const lacking: Record<EndpointCapability, string> = {
  faults: 'this endpoint has no fault port',
  'reserved concurrency': 'this endpoint cannot reserve concurrency for a function',
  loopback: 'this endpoint is not on this machine, and the experiment breaks the rules of an AWS account',
};

/** The same look at a snapshot before its factor and at one after. */
export interface Experiment<Name extends string = string> {
  /** What the factor says, as a question that numbers can answer. */
  readonly question: string;
  /**
   * The finding in one sentence, with both numbers: `{readable.before} of orders could be read back; now {readable.after}.`
   * A place in braces is an observable, a dot, and its side. @default - the first gate with both its numbers
   */
  readonly headline?: string;
  /** In the order of the table. */
  readonly observables: Readonly<Record<Name, Observable>>;
  /** Lines for the report, beside the bars that every gate has. @default - none */
  readonly series?: readonly Series<NoInfer<Name>>[];
  /** @default - runs on every endpoint */
  readonly needs?: readonly EndpointCapability[];
  /** The deploys of the stage that are needed. @default ['Prod'] */
  readonly deploys?: readonly ('Dev' | 'Prod')[];
  /**
   * Looks at one snapshot. It must not know which side it is on: only what it finds may tell.
   * It leaves the deployed stage as it found it, as far as that is possible.
   *
   * One that yields what it finds as it goes is over as soon as a guard does not hold.
   */
  observe(snapshot: SnapshotUnderTest): Promise<Findings<Name>> | AsyncIterable<Findings<Name>>;
}

/** Checks an experiment's types, and returns it as it is. */
export function experiment<Name extends string>(definition: Experiment<Name>): Experiment<Name> {
  return definition;
}
