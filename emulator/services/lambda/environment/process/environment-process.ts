import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { SessionKeys } from '../../../../wire/authentication/access-keys.ts';
import { customResourcePath } from '../../../../wire/custom-resource-path.ts';
import type { UsedLayer } from '../../function/configuration.ts';
import type { FunctionVersion } from '../../function/function.ts';
import { isPython } from '../../function/python.ts';
import { type OutputEvents, OutputReader } from './output-reader.ts';
import { permissionOptions } from './permission-model.ts';
import { sdkDirectories } from './runtime-sdk.ts';

const bootstrap = join(import.meta.dirname, '..', 'bootstrap', 'bootstrap.mjs');
const pythonBootstrap = join(dirname(bootstrap), 'bootstrap.py');
/** Loaded ahead of the function, and of each of its workers. */
const preloads = ['worker-permissions.cjs', 'runtime-modules.cjs'].map((file) => join(dirname(bootstrap), file));

export interface EnvironmentProcessOptions {
  readonly version: FunctionVersion;
  readonly region: string;
  /** Base URL of the endpoint: how a function's SDK clients find their services. */
  readonly endpoint: string;
  /** What AWS_LAMBDA_RUNTIME_API says. */
  readonly runtimeApi: string;
  readonly logStreamName: string;
  /** Keys of the function's session of its role. */
  readonly session: SessionKeys;
  /** A directory of the process's own: what `os.tmpdir()` says, and all that it knows of to write to. */
  readonly temporaryDirectory: string;
  /** The program that runs Python, for a function that is written in it. */
  readonly python: string;
}

/**
 * The process of an execution environment, on the Node of this process, or the Python of the machine. It leads a process group of its own: the
 * Ctrl-C of a terminal does not reach it, and killing the group ends what it started. That it does not outlive this process
 * is seen to by a {@link Watchdog}. Its files are its own, but for Python,
 * which knows no such permissions: see {@link permissionOptions}.
 */
export class EnvironmentProcess {
  /** Resolves when it is gone and its output was read, with the reason that Lambda gives. Rejects where it could not be started. */
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;

  constructor(options: EnvironmentProcessOptions, output: OutputEvents) {
    const logToken = randomBytes(9).toString('base64url');
    const { directory } = options.version.code;
    const [program, ...args] = isPython(options.version.configuration.runtime)
      ? [options.python, pythonBootstrap]
      : [process.execPath, ...nodeOptions(options), bootstrap];
    this.#child = spawn(program, args, {
      cwd: directory,
      env: variablesOf(options, logToken),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    });
    this.#read(new OutputReader(logToken, output), output);
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#child.once('error', reject);
    // What it started may hold its output open: that goes with it.
    this.#child.once('exit', () => this.kill());
    this.#child.once('close', (code, signal) => resolve(describeExit(code, signal)));
    this.exited = promise;
  }

  get id(): number | undefined {
    return this.#child.pid;
  }

  /** Asks it to end. What it started is not asked. Windows knows no such thing: there it ends at once. */
  terminate(): void {
    this.#child.kill('SIGTERM');
  }

  /** Ends it and what it started, at once. */
  kill(): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined) {
      return;
    }
    if (process.platform === 'win32' && (exitCode !== null || signalCode !== null)) {
      return;
    }
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }

  #read(reader: OutputReader, output: OutputEvents): void {
    const { stdout, stderr } = this.#child;
    stdout?.on('data', (chunk: Buffer) => reader.push(chunk)).once('end', () => reader.finish());
    // Node itself writes here when it dies; what the function writes comes by stdout, in its order.
    stderr?.on('data', (chunk: Buffer) => output.message(chunk.toString()));
  }
}

function nodeOptions({ version, temporaryDirectory }: EnvironmentProcessOptions): string[] {
  const { memorySize, layers } = version.configuration;
  const { directory, compiled } = version.code;
  const layered = directoriesOf(layers);
  return [
    `--max-old-space-size=${Math.floor(memorySize * 0.9)}`,
    ...permissionOptions({
      read: [dirname(bootstrap), directory, compiled, ...layered, ...sdkDirectories()],
      write: [temporaryDirectory, compiled],
    }),
    ...preloads.map((file) => `--require=${file}`),
  ];
}

/** Where a function's layers are: those of this account. */
const directoriesOf = (layers: readonly UsedLayer[]): string[] =>
  layers.flatMap(({ content }) => (content ? [content.directory] : []));

/** What a Go programmer sees of an exit, because that is what Lambda reports. */
function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal) {
    return `Runtime exited with error: signal: ${signals[signal] ?? signal.slice(3).toLowerCase()}`;
  }
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}

const signals: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

/** The whole environment of the process ("Defined runtime environment variables"); nothing of this process's leaks in. */
function variablesOf(options: EnvironmentProcessOptions, logToken: string): Record<string, string> {
  const { functionName, version, configuration, code } = options.version;
  const { logging, memorySize, runtime } = configuration;
  const { session } = options;
  return {
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logging.group,
    AWS_LAMBDA_LOG_STREAM_NAME: options.logStreamName,
    AWS_LAMBDA_LOG_FORMAT: logging.format,
    ...(logging.applicationLevel && { AWS_LAMBDA_LOG_LEVEL: logging.applicationLevel }),
    AWS_LAMBDA_RUNTIME_API: options.runtimeApi,
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
    AWS_ENDPOINT_URL: options.endpoint,
    LAMBDA_TASK_ROOT: code.directory,
    LAMBDA_RUNTIME_DIR: dirname(bootstrap),
    _HANDLER: configuration.handler,
    // Marks the frames of the bootstrap in its output.
    _LAMBDA_LOG_TOKEN: logToken,
    _LAMBDA_COMPILE_CACHE: code.compiled,
    ...(configuration.layers.length > 0 && {
      _LAMBDA_LAYERS: JSON.stringify(directoriesOf(configuration.layers)),
    }),
    _LAMBDA_RESPONSE_URL: `${options.endpoint}${customResourcePath}`,
    // Its code is there for all of its environments, and not to be written to.
    ...(isPython(runtime) && { PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' }),
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    ...platformVariables(),
    ...configuration.variables,
    ...temporaryVariables(options.temporaryDirectory),
  };
}

/** A function that sets one of these to `/tmp` means what that is on AWS. */
const temporaryVariables = (directory: string): Record<string, string> =>
  process.platform === 'win32' ? { TEMP: directory, TMP: directory } : { TMPDIR: directory };

function platformVariables(): Record<string, string> {
  if (process.platform !== 'win32') {
    return { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin` };
  }
  const root = process.env['SystemRoot'] ?? 'C:\\Windows';
  return {
    PATH: `${dirname(process.execPath)};${root}\\System32`,
    // Windows itself needs it: without it no socket can be opened.
    SystemRoot: root,
  };
}
