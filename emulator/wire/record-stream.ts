/** Where a reader begins: with the oldest record that is kept, or after the newest. */
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

/** A change, as the readers of a stream get it. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  /** Milliseconds of the epoch at which it was made. */
  readonly time: number;
  /** What decides which records keep their order where several are read at a time: the partition key. */
  readonly partition: string;
  /** The record as a function gets it, and as a filter is held against it. */
  readonly event: object;
}

/** The records of a stream in one shard. A place in it is the number of records before. */
export interface RecordStream {
  readonly arn: string;
  readonly shardId: string;
  /** Where a reader begins. */
  start(position: StartingPosition): number;
  /** Records from a place on, the oldest that is kept if it is older; `next` is the place after them. */
  read(place: number, most: number): { readonly records: readonly StreamRecord[]; readonly next: number };
  /** Resolves when there is a record at a place, or the signal is aborted. Where the stream has ended before, it never has one. */
  arrival(place: number, signal: AbortSignal): Promise<void>;
}

/** How Lambda finds a stream by its ARN. */
export type FindStream = (arn: string) => RecordStream | undefined;
