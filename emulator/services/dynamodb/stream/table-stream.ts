import type { StreamViewType } from '@aws-sdk/client-dynamodb';
import type { RecordStream, StartingPosition, StreamRecord } from '../../../wire/record-stream.ts';
import type { ItemSchema } from '../item/item.ts';
import { type Change, recordOf } from './stream-record.ts';

/** Records are kept for 24 hours, and no more than this many: the oldest go first. */
const keptMs = 24 * 60 * 60 * 1000;
const mostKept = 100_000;
/** Sequence numbers are text of 21 to 40 digits. */
const firstSequenceNumber = 100_000_000_000_000_000_000n;

/**
 * The stream of a table: what was changed in it, in order, for 24 hours. Source: DynamoDB Developer Guide, "Change data capture for
 * DynamoDB Streams". Less than AWS: it has one shard, which is open until the stream ends.
 */
export class TableStream implements RecordStream {
  readonly arn: string;
  /** Tells a table's streams apart: the time at which this one began. */
  readonly label: string;
  readonly created = new Date();
  readonly viewType: StreamViewType;
  readonly table: { readonly name: string; readonly schema: ItemSchema };
  readonly #region: string;
  #ended: Date | undefined;
  /** How many records are no longer kept; the first that is kept has this place. */
  #trimmed = 0;
  #records: StreamRecord[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(
    table: { readonly name: string; readonly arn: string; readonly schema: ItemSchema },
    viewType: StreamViewType,
    label: string,
    region: string,
  ) {
    this.table = table;
    this.viewType = viewType;
    this.label = label;
    this.arn = `${table.arn}/stream/${label}`;
    this.#region = region;
  }

  get shardId(): string {
    return `shardId-${String(this.created.getTime()).padStart(20, '0')}-00000001`;
  }

  get ended(): Date | undefined {
    return this.#ended;
  }

  /** The place after the newest record. */
  get end(): number {
    return this.#trimmed + this.#records.length;
  }

  start(position: StartingPosition): number {
    this.#trim();
    return position === 'LATEST' ? this.end : this.#trimmed;
  }

  read(place: number, most: number): { readonly records: readonly StreamRecord[]; readonly next: number } {
    this.#trim();
    const from = Math.max(place, this.#trimmed);
    const records = this.#records.slice(from - this.#trimmed, from - this.#trimmed + most);
    return { records, next: from + records.length };
  }

  async arrival(place: number, signal: AbortSignal): Promise<void> {
    if (place < this.end || signal.aborted) {
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = (): void => resolve();
    this.#waiting.add(end);
    signal.addEventListener('abort', end);
    await promise;
    this.#waiting.delete(end);
    signal.removeEventListener('abort', end);
  }

  /** A change that leaves an item as it was makes no record. */
  write(change: Change): void {
    if (!isChange(change)) {
      return;
    }
    this.#trim();
    const { schema } = this.table;
    this.#records.push(recordOf(change, schema, this.viewType, sequenceNumberAt(this.end), this.#region));
    for (const arrived of this.#waiting) {
      arrived();
    }
  }

  /** Ends the stream. Its records can be read for another 24 hours. */
  close(): void {
    this.#ended ??= new Date();
  }

  get isForgotten(): boolean {
    return this.#ended !== undefined && Date.now() - this.#ended.getTime() > keptMs;
  }

  #trim(): void {
    const since = Date.now() - keptMs;
    const kept = this.#records.findIndex(({ time }) => time > since);
    const old = kept < 0 ? this.#records.length : kept;
    // A tenth at a time: to drop one with each that comes would move all others each time.
    const surplus = this.#records.length > 1.1 * mostKept ? this.#records.length - mostKept : 0;
    const gone = Math.max(old, surplus);
    if (gone > 0) {
      this.#records = this.#records.slice(gone);
      this.#trimmed += gone;
    }
  }
}

export const sequenceNumberAt = (place: number): string => String(firstSequenceNumber + BigInt(place));

/** The place of the record with a sequence number; NaN for a text that is none. */
export const placeOf = (sequenceNumber: string): number =>
  /^\d{21,40}$/.test(sequenceNumber) ? Number(BigInt(sequenceNumber) - firstSequenceNumber) : Number.NaN;

function isChange({ before, after }: Change): boolean {
  if (!before || !after) {
    return Boolean(before ?? after);
  }
  // Items are JSON. The order of attributes, and of what is in a set, says nothing.
  return canonical(before) !== canonical(after);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (Array.isArray(part)) {
      return ['SS', 'NS', 'BS'].includes(key) ? [...(part as unknown[])].sort() : part;
    }
    return typeof part === 'object' && part !== null
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  });
}
