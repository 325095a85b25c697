import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ServerOptions {
  /** File of the module that exports `handler` (payload format 2.0): a composition root, or its bundle. */
  readonly root: string;
  /** All that the process finds in its environment, beside where its temporary files go and what Node keeps of its sources. */
  readonly environment: Readonly<Record<string, string>>;
  /** The loopback port to listen on. @default 0, any that is free */
  readonly port?: number;
  /** Milliseconds until it must listen. @default 15000 */
  readonly startTimeout?: number;
  readonly signal?: AbortSignal;
}

/** A handler that runs as a server: one process, one port. */
export interface ServerProcess {
  readonly url: string;
  readonly processId: number;
  /** What `os.tmpdir()` says in it. It stays when the process is gone, until `close`: a server's disk does. */
  readonly temporaryDirectory: string;
  /** Bytes of what it has written to standard output and error since it listened. */
  readonly outputBytes: number;
  /** Resolves when the process is gone, however it went. */
  readonly exited: Promise<void>;
  /** Asks it to finish what it is doing and end (SIGTERM), and waits until it is gone. */
  stop(): Promise<void>;
  /** Ends it at once (SIGKILL), and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it at once and removes its temporary directory. */
  close(): Promise<void>;
}

/** The process ended, or said nothing, before it listened. */
export class ServerFailed extends Error {
  override readonly name = 'ServerFailed';
}

const worker = join(import.meta.dirname, 'worker.ts');
/** What a server says when it listens. */
const listeningPattern = /^listening on (http:\/\/\S+)$/m;
const keptOutput = 4_000;

/**
 * Starts a handler as a server of its own, on the Node of this process. It dies with this process.
 *
 * @throws ServerFailed with what it wrote, where it does not come up
 */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { root, environment, port = 0 } = options;
  const temporaryDirectory = await mkdtemp(join(tmpdir(), 'server-'));
  const child = fork(worker, [root], {
    env: { ...environment, ...ownVariables(temporaryDirectory), PORT: String(port) },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = once(child, 'close').then(() => undefined);
  // Where it cannot even be spawned there is an error and a close, and the close tells.
  child.on('error', () => undefined);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  const close = async () => {
    await end('SIGKILL');
    await rm(temporaryDirectory, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const url = await listening(child, exited, options);
    // What it writes is not used, but it must be read, or the process would wait for a reader.
    let outputBytes = 0;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        outputBytes += chunk.length;
      });
    }
    return {
      ...{ url, temporaryDirectory, exited, close, processId: child.pid ?? 0 },
      get outputBytes() {
        return outputBytes;
      },
      stop: () => end('SIGTERM'),
      kill: () => end('SIGKILL'),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Resolves with the server's URL when it says that it listens. */
async function listening(child: ChildProcess, exited: Promise<void>, options: ServerOptions): Promise<string> {
  const { root, startTimeout = 15_000, signal } = options;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let output = '';
  const listen = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-keptOutput);
    const url = listeningPattern.exec(output)?.[1];
    if (url) {
      resolve(url);
    }
  };
  const fail = (what: string) => reject(new ServerFailed(`${root} as a server ${what}: ${output.trim()}`));
  const abort = () => reject(signal?.reason);
  const timer = setTimeout(() => fail(`did not listen within ${startTimeout} ms`), startTimeout);
  signal?.addEventListener('abort', abort);
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  exited.then(() => fail('ended before it listened'));
  try {
    if (signal?.aborted) {
      abort();
    }
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.off('data', listen);
    }
  }
}

function ownVariables(temporaryDirectory: string): Record<string, string> {
  const { SystemRoot, NODE_COMPILE_CACHE } = process.env;
  return {
    ...{ TMPDIR: temporaryDirectory, TEMP: temporaryDirectory, TMP: temporaryDirectory },
    // To read the sources takes longer than all else that it does at its start.
    ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }),
    // Windows itself needs it: without it no socket can be opened.
    ...(SystemRoot !== undefined && { SystemRoot }),
  };
}
