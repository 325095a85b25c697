import { EventSequence } from './event-sequence.ts';

/** A log stream: the events of one source, such as one execution environment. */
export class LogStream {
  readonly name: string;
  readonly created = Date.now();
  readonly events = new EventSequence();
  /** When events last arrived, in milliseconds since the epoch. */
  lastIngestion: number | undefined;

  constructor(name: string) {
    this.name = name;
  }
}
