import type { ActivityEvent, Snapshot } from 'embedded-aws';
import type { LaneFrame, LaneParts, LaneSummary } from '../protocol.ts';

/** A factory on the floor, however it runs. */
export interface Lane {
  readonly title: string;
  /** The number of its snapshot, and its stack; undefined for one that is no stack. */
  readonly number: number | undefined;
  readonly stack: string | undefined;
  /** The outputs of its stack, while that is there. */
  readonly outputs: Readonly<Record<string, string>> | undefined;
  readonly parts: LaneParts;
  readonly isOpen: boolean;
  /** A customer comes. The one with the same index orders the same in every lane. */
  arrive(index: number): void;
  /** The endpoint tells what there is, and what happens. */
  snapshot(snapshot: Snapshot): void;
  happened(event: ActivityEvent): void;
  /** Asks an endpoint that tells nothing. */
  poll(): void;
  tick(): void;
  /** What is under way, for a person to read. */
  say(doing: string): void;
  /** Ends one of its processes at once. Returns whether it was there. */
  kill(environment: string): Promise<boolean>;
  /** Ends the next of them that has work in hand. */
  killAtWork(): Promise<void>;
  killAll(): Promise<void>;
  /** Runs another build where no stack is deployed for it. */
  deployAgain?(): Promise<void>;
  /** Whether it is another factory than when this was asked last: a page has to begin anew. */
  takeIsAnother(): boolean;
  summary(): LaneSummary;
  /** All there is, for a page that has just come. */
  whole(): LaneFrame;
  /** What changed since this was asked last. */
  changes(): LaneFrame;
  close(): Promise<void>;
}
