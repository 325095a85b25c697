import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';

const program = join(import.meta.dirname, 'watchdog-process.mjs');

/**
 * Sees to it that no process of an environment outlives its environment, and that nothing outlives the endpoint, even where the
 * endpoint is killed or a function never gives way. That takes a process beside both: it holds one end of a pipe, whose other
 * end closes with this process. It is started with the first environment.
 *
 * What an environment started is found by its process group, on Linux also in a group or session of its own: by the variables
 * that it inherited. On macOS and Windows such a process lives on; on Windows so does every child of a function.
 */
export class Watchdog {
  readonly #directory: string;
  readonly #guarded = new Map<number, string>();
  #process: ChildProcess | undefined;
  #closed = false;

  /** @param directory goes when this process is gone */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** @param environmentId is in the variables of all that the environment starts */
  guard(processId: number, environmentId: string): void {
    this.#guarded.set(processId, environmentId);
    if (this.#process) {
      this.#tell('guard', processId, environmentId);
    } else {
      this.#start();
    }
  }

  /** The process has ended: what it left is ended too. */
  release(processId: number): void {
    const environmentId = this.#guarded.get(processId);
    if (environmentId === undefined) {
      return;
    }
    this.#guarded.delete(processId);
    this.#tell('release', processId, environmentId);
  }

  /** Resolves when nothing is left. */
  async close(): Promise<void> {
    this.#closed = true;
    const running = this.#process;
    if (!running) {
      return;
    }
    const exited = once(running, 'exit');
    running.ref();
    running.stdin?.end();
    await exited;
  }

  #start(): void {
    const { SystemRoot } = process.env;
    const started = spawn(process.execPath, [program, this.#directory], {
      cwd: dirname(this.#directory),
      env: { ...(SystemRoot && { SystemRoot }) },
      stdio: ['pipe', 'ignore', 'ignore'],
      // What a terminal sends to this process's group is not for it.
      detached: true,
      windowsHide: true,
    });
    // It must not keep this process.
    started.unref();
    (started.stdin as NodeJS.WritableStream & { unref?(): void }).unref?.();
    started.on('error', (error) =>
      console.error(`lambda: the watchdog of environments could not be started: ${error.message}`),
    );
    started.stdin?.on('error', () => undefined);
    started.once('exit', () => {
      // It was ended from outside: the next environment has another.
      this.#process = undefined;
    });
    this.#process = started;
    for (const [processId, environmentId] of this.#guarded) {
      this.#tell('guard', processId, environmentId);
    }
  }

  #tell(what: 'guard' | 'release', processId: number, environmentId: string): void {
    if (!this.#closed) {
      this.#process?.stdin?.write(`${what} ${processId} ${environmentId}\n`);
    }
  }
}
