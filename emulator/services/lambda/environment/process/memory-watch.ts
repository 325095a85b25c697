import { readFileSync } from 'node:fs';

/** How often memory is looked at, in ms: what a function can fill meanwhile is what it may be over its limit. */
const interval = 100;
/** What the process of an environment holds without a function, in bytes: Node itself, with its own code. */
const ofRuntime = 64 * 1024 * 1024;

export interface WatchedProcess {
  readonly processId: number;
  readonly memorySizeMb: number;
  /** Whether it does something: one that waits takes no more memory. */
  isBusy(): boolean;
  /** It holds more than it may. */
  exceeded(): void;
}

/**
 * Ends functions that take more memory than they have ("Configure Lambda function memory"). On AWS that is what the whole
 * environment holds. Here an environment may hold its memory size and 64 MB more, which are Node's own, and vary with the
 * machine: no function that fits on AWS is ended here, and one that allocates without end is. Its JavaScript heap is
 * bounded by Node itself. It is measured on Linux, of the process of the environment and not of those that it starts.
 */
export class MemoryWatch {
  readonly #watched = new Set<WatchedProcess>();
  #timer: NodeJS.Timeout | undefined;

  /** Returns how to watch it no more. */
  add(process: WatchedProcess): () => void {
    this.#watched.add(process);
    if (isMeasured) {
      this.#timer ??= setInterval(() => this.#look(), interval).unref();
    }
    return () => {
      this.#watched.delete(process);
      if (this.#watched.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    };
  }

  #look(): void {
    for (const watched of this.#watched) {
      const limit = watched.memorySizeMb * 1024 * 1024 + ofRuntime;
      if (watched.isBusy() && residentBytes(watched.processId) > limit) {
        watched.exceeded();
      }
    }
  }
}

const isMeasured = process.platform === 'linux';

/** 0 where the process is gone. */
function residentBytes(processId: number): number {
  try {
    const [, kilobytes = 0] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}
