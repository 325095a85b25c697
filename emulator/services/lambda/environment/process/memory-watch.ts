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
 * bounded by Node itself. It is measured on Linux, of the process of the environment and those that it starts; of these
 * what is theirs alone, as the code of Node is in memory once.
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
      if (watched.isBusy() && heldBytes(watched.processId) > limit) {
        watched.exceeded();
      }
    }
  }
}

const isMeasured = process.platform === 'linux';

/** What a process and its descendants hold, in bytes. */
const heldBytes = (processId: number): number =>
  bytesOf(processId, 'VmRSS') + descendantsOf(processId).reduce((sum, one) => sum + bytesOf(one, 'RssAnon'), 0);

/** Of a size in `/proc/PID/status`; 0 where the process is gone. */
function bytesOf(processId: number, size: 'RssAnon' | 'VmRSS'): number {
  const [, kilobytes = 0] = sizes[size].exec(read(`/proc/${processId}/status`)) ?? [];
  return Number(kilobytes) * 1024;
}

const sizes = { RssAnon: /^RssAnon:\s+(\d+) kB$/m, VmRSS: /^VmRSS:\s+(\d+) kB$/m };

/** The processes that a process has started from its main thread, and those that they have. */
function descendantsOf(processId: number): number[] {
  const children = read(`/proc/${processId}/task/${processId}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Empty where the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
