const newline = 10;
/** What begins a frame: `\x1e`, the ASCII record separator. */
const separator = 30;
/** The most that one log event holds, in bytes ("CloudWatch Logs quotas": 1 MB, of which 26 are its own), with its newline. */
const eventBytes = 1_048_576 - 26 - 1;
/** No line that begins a frame is as long, in bytes. */
const frameBytes = 256;
/** What is cut off a longer line or message at a time: a frame that follows is then never cut in its beginning. */
const partBytes = eventBytes - frameBytes;

/** What an environment's output is made of. */
export interface OutputEvents {
  /** One log event: a message of the console, which may have many lines, or one line of other output. What is longer than an event is several. */
  message(text: string): void;
  /** All output of an invocation (or, as `init`, of the initialisation) has been read. */
  end(requestId: string, memoryBytes: number): void;
}

/**
 * Takes an environment's output apart. Between lines of text that a function wrote itself it holds frames of the
 * bootstrap's, `\x1eTOKEN log BYTES\n...\n` and `\x1eTOKEN end REQUEST-ID MEMORY\n`. It holds no more than one log event, however
 * long a line is, and looks at each byte once.
 */
export class OutputReader {
  readonly #prefix: string;
  readonly #events: OutputEvents;
  /** What came and is not yet an event, in the pieces in which it came. Without a newline, outside of a message. */
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Bytes of the message that is being read, in a frame. */
  #messageBytes: number | undefined;

  constructor(token: string, events: OutputEvents) {
    this.#prefix = `\x1e${token} `;
    this.#events = events;
  }

  push(chunk: Buffer): void {
    this.#hold(chunk);
    if (!this.#completes(chunk)) {
      return;
    }
    let rest = this.#takeAll();
    for (;;) {
      const left =
        this.#messageBytes === undefined ? this.#readLine(rest) : this.#readMessage(rest, this.#messageBytes);
      if (!left) {
        break;
      }
      rest = left;
    }
    if (rest.length > 0) {
      this.#hold(rest);
    }
  }

  /** What was written last and never ended with a newline: the process is gone. */
  finish(): void {
    const rest = this.#takeAll();
    if (rest.length > 0) {
      this.#events.message(rest.toString());
    }
  }

  /** Whether there may be an event in what is held, now that it ends with this chunk. */
  #completes(chunk: Buffer): boolean {
    if (this.#bytes > eventBytes) {
      return true;
    }
    return this.#messageBytes === undefined ? chunk.includes(newline) : this.#bytes > this.#messageBytes;
  }

  #hold(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  #takeAll(): Buffer {
    const [first] = this.#chunks;
    const all = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#bytes = 0;
    return all;
  }

  /** Reads a message, or a part of a long one. Answers what follows; undefined where not enough has come. */
  #readMessage(from: Buffer, bytes: number): Buffer | undefined {
    if (bytes > eventBytes) {
      if (from.length <= eventBytes) {
        return undefined;
      }
      const at = beforeCharacter(from, partBytes);
      this.#messageBytes = bytes - at;
      return this.#message(from, at, at);
    }
    if (from.length <= bytes) {
      return undefined;
    }
    this.#messageBytes = undefined;
    return this.#message(from, bytes, bytes + 1);
  }

  /** Reads a line, or a part of a long one. */
  #readLine(from: Buffer): Buffer | undefined {
    const end = from.indexOf(newline);
    if ((end === -1 ? from.length : end) > eventBytes) {
      // The frame that follows such a line begins in the line itself, and is not to be cut.
      const frameAt = from.subarray(0, partBytes).lastIndexOf(separator);
      const at = frameAt > partBytes - frameBytes ? frameAt : beforeCharacter(from, partBytes);
      return this.#message(from, at, at);
    }
    if (end === -1) {
      return undefined;
    }
    const line = from.toString('utf8', 0, end);
    const frameAt = line.indexOf(this.#prefix);
    if (frameAt === -1) {
      return this.#message(from, end, end + 1);
    }
    if (frameAt > 0) {
      this.#events.message(line.slice(0, frameAt));
    }
    const [kind, subject = '', amount] = line.slice(frameAt + this.#prefix.length).split(' ');
    if (kind === 'log') {
      this.#messageBytes = Number(subject);
    } else {
      this.#events.end(subject, Number(amount));
    }
    return from.subarray(end + 1);
  }

  #message(from: Buffer, end: number, next: number): Buffer {
    this.#events.message(from.toString('utf8', 0, end));
    return from.subarray(next);
  }
}

/** The last place, up to this one, at which a character of UTF-8 begins. */
function beforeCharacter(text: Buffer, at: number): number {
  let start = at;
  while (start > at - 4 && ((text[start] ?? 0) & 0xc0) === 0x80) {
    start--;
  }
  return start;
}
