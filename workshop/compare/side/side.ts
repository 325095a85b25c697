import type { PassedFunction, SideName, SideRun, Usage } from '../measurement.ts';
import type { Activity } from './function-logs.ts';

/** One of the two ways to run the factory, ready for customers. */
export interface Side {
  readonly name: SideName;
  /** Where customers go. */
  readonly url: string;
  /** Ends a process in the middle of its work, of each kind that an order passes, and does what is done about it there. */
  kill(): Promise<void>;
  /** Deploys the same code again while customers come. Resolves when nothing old runs for customers any more. */
  deploy(): Promise<void>;
  /** Brings in one process more, where that is an operator's decision. */
  scaleOut(): Promise<void>;
  /** Takes one process out, where that is an operator's decision. */
  scaleIn(): Promise<void>;
  /** What it uses now; undefined where that cannot be measured. */
  usage(): Promise<Omit<Usage, 'at'> | undefined>;
  /** @throws SideGone where no process is there to be asked any more */
  check(): Promise<void>;
  /** Begins the account: what was before does not count. Called once, before the first customer who counts. */
  begin(): Promise<void>;
  /** What it took to serve the customers since it began. Asked once, when the last has left. */
  account(): Promise<Pick<SideRun, 'billable' | 'load'>>;
  /** What each of its functions did since it began; missing where it has no functions. */
  activities?(): Promise<Readonly<Record<PassedFunction, Activity>>>;
  /** How many bakes of each order are on record since it began; missing where the order itself is the only record. */
  bakes?(): Promise<ReadonlyMap<string, number>>;
  /** Puts everything back as it was, and leaves nothing running that was started for it. */
  close(): Promise<void>;
}

/** What was to be measured is not there any more. */
export class SideGone extends Error {
  override readonly name = 'SideGone';
}
