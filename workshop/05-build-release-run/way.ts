import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import type { WorkingCopy } from '../experiment/working-copy.ts';

/** How source gets to the customers. */
export interface Way {
  /** Brings what is in the working copy to the customers, if it is any good. */
  deliver(): Promise<Delivery>;
  /** Brings back what ran before the last delivery. The working copy has that source again. */
  rollBack(): Promise<void>;
  /** How many builds it has made so far. */
  readonly builds: () => number;
  /** Leaves the stage as it was found. */
  close(): Promise<void>;
}

export interface Delivery {
  /** What was found out about it; undefined where nothing was wrong. */
  readonly problem: string | undefined;
  /** Whether it took a number that a working release could have had: among the releases, or among what ran. */
  readonly tookNumber: boolean;
  /** Whether customers get it now. */
  readonly runs: boolean;
}

export interface WayOptions {
  readonly snapshot: SnapshotUnderTest;
  readonly copy: WorkingCopy;
  /** The composition root of ordering, from the root of the repository. */
  readonly root: string;
  /** The command that the source must pass. */
  readonly check: string;
}
