/** A line of a log, under an id that it keeps however often it is handed on. */
export interface LogLine {
  readonly id: string;
  readonly message: string;
}
