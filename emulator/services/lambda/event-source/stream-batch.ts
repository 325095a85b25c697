import type { StreamRecord } from '../../../wire/record-stream.ts';

/** The largest event, less what goes around the records. */
const payloadLimit = 6_291_456 - 64;

/** Records that go into one event: so many at the most, and as many as fit. */
export class StreamBatch {
  readonly records: StreamRecord[] = [];
  readonly #most: number;
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.records.length >= this.#most;
  }

  /** Returns whether the record is in the batch. The first always is. */
  add(record: StreamRecord): boolean {
    const size = Buffer.byteLength(JSON.stringify(record.event)) + 1;
    if (this.isFull || (this.records.length > 0 && this.#bytes + size > payloadLimit)) {
      return false;
    }
    this.records.push(record);
    this.#bytes += size;
    return true;
  }
}
