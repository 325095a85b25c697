const NEWLINE = 10;
const NOTHING = Buffer.alloc(0);

/** What an environment's output is made of. */
export interface OutputEvents {
  /** One log event: a message of the console, which may have many lines, or one line of other output. */
  message(text: string): void;
  /** All output of an invocation (or, as `init`, of the initialisation) has been read. */
  end(requestId: string, memoryBytes: number): void;
}

/**
 * Takes an environment's output apart. Between lines of text that a function wrote itself it holds frames of the
 * bootstrap's, `\x1eTOKEN log BYTES\n...\n` and `\x1eTOKEN end REQUEST-ID MEMORY\n`.
 */
export class OutputReader {
  readonly #prefix: string;
  readonly #events: OutputEvents;
  #pending: Buffer = NOTHING;
  #messageBytes: number | undefined;

  constructor(token: string, events: OutputEvents) {
    this.#prefix = `\x1e${token} `;
    this.#events = events;
  }

  push(chunk: Buffer): void {
    this.#pending = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    while (this.#messageBytes === undefined ? this.#readLine() : this.#readMessage(this.#messageBytes));
  }

  /** What was written last and never ended with a newline: the process is gone. */
  finish(): void {
    if (this.#pending.length > 0) this.#events.message(this.#pending.toString());
    this.#pending = NOTHING;
  }

  #readMessage(bytes: number): boolean {
    if (this.#pending.length <= bytes) return false;
    this.#events.message(this.#pending.toString('utf8', 0, bytes));
    this.#pending = this.#pending.subarray(bytes + 1);
    this.#messageBytes = undefined;
    return true;
  }

  #readLine(): boolean {
    const end = this.#pending.indexOf(NEWLINE);
    if (end === -1) return false;
    const line = this.#pending.toString('utf8', 0, end);
    this.#pending = this.#pending.subarray(end + 1);
    const frameAt = line.indexOf(this.#prefix);
    if (frameAt === -1) {
      this.#events.message(line);
      return true;
    }
    if (frameAt > 0) this.#events.message(line.slice(0, frameAt));
    const [kind, subject = '', amount] = line.slice(frameAt + this.#prefix.length).split(' ');
    if (kind === 'log') this.#messageBytes = Number(subject);
    else this.#events.end(subject, Number(amount));
    return true;
  }
}
