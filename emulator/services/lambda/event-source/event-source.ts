/** What brings a mapping's events to its function. */
export interface EventSource {
  /** Goes on until stopped. */
  run(): Promise<void>;
  /** Fetches nothing more. Batches that are being processed still come to their end. */
  stop(): void;
}
