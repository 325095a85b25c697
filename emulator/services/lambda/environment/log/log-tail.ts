/** As much of a log as an Invoke with LogType Tail answers, in bytes. */
const tailBytes = 4096;

/** The last part of an environment's log. */
export class LogTail {
  #lines: string[] = [];
  #length = 0;

  add(line: string): void {
    this.#lines.push(line);
    this.#length += line.length;
    // A character is a byte at the least, so what is beyond the limit in characters is beyond it in bytes.
    while (this.#length - (this.#lines[0]?.length ?? 0) >= tailBytes) {
      this.#length -= this.#lines.shift()?.length ?? 0;
    }
  }

  /** The last 4 KB since it was taken before. */
  take(): Buffer {
    const text = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    this.#length = 0;
    return text.subarray(Math.max(0, text.length - tailBytes));
  }
}
