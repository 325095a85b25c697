import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Region } from '../../wire/operation.ts';
import { EnvironmentLog } from './environment-log.ts';
import { describeExit, killProcess, startProcess } from './environment-process.ts';
import type { FunctionVersion } from './function.ts';
import type { LogsTable } from './log-stream.ts';
import { fault, type Outcome, reported, success } from './outcome.ts';
import { OutputReader } from './output-reader.ts';
import { RESPONSE_LIMIT, type Runtime, type RuntimeApiServer, type RuntimeEvent } from './runtime-api.ts';

/** One request to run the handler. The deadline is set when the environment takes it. */
export type Invocation = Omit<RuntimeEvent, 'deadline'>;

export interface InvocationResult {
  /** JSON: what the handler returned, or the error document. */
  readonly payload: Uint8Array;
  readonly functionError: 'Unhandled' | undefined;
  /** The last 4 KB of what was logged. */
  readonly logTail: Uint8Array;
}

/** What environments share. */
export interface EnvironmentHost {
  readonly region: Region;
  readonly logs: LogsTable;
  readonly runtimeApi: RuntimeApiServer;
  /** Environments make their temporary directories in it. */
  readonly directory: string;
  /** Milliseconds that an initialisation may take. */
  readonly initTimeout: number;
}

/** The environment ended before it could take an invocation, which may be given to another. */
export class EnvironmentGone extends Error {
  override readonly name = 'EnvironmentGone';
}

/** The handler could not be loaded; there is no such environment. */
export class InitFailed extends Error {
  override readonly name = 'InitFailed';
  /** The answer to the invocation that the environment was started for. */
  readonly answer: (invocation: Invocation) => InvocationResult;

  constructor(answer: (invocation: Invocation) => InvocationResult) {
    super('The initialisation of the function failed.');
    this.answer = answer;
  }
}

interface Active {
  readonly invocation: Invocation;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: EnvironmentGone) => void;
  startedAt: number | undefined;
  timer: NodeJS.Timeout | undefined;
  outcome: (Outcome & { readonly durationMs: number }) | undefined;
  outputRead: boolean;
}

/** How long an answer waits for the end of its output, in ms: it comes, unless a function broke its own stdout. */
const OUTPUT_PATIENCE = 1000;

/**
 * One execution environment: a process that runs one invocation after the other ("Understanding the Lambda execution
 * environment lifecycle"). A timeout or a crash ends it. Unlike on AWS it is not frozen between invocations.
 */
export class Environment implements Runtime {
  readonly id = randomBytes(16).toString('hex');
  readonly version: FunctionVersion;
  /** Resolves when the handler is loaded. @throws InitFailed */
  readonly ready: Promise<void>;
  /** Resolves when the process is gone and its log has arrived. */
  readonly exited: Promise<void>;

  readonly #host: EnvironmentHost;
  readonly #log: EnvironmentLog;
  readonly #startedAt = performance.now();
  readonly #ready = Promise.withResolvers<void>();
  #process: ChildProcess | undefined;
  #killed = false;
  #gone = false;
  #initTimer: NodeJS.Timeout | undefined;
  #initialised = false;
  #initOutcome: Outcome | undefined;
  #deliver: ((event: RuntimeEvent) => void) | undefined;
  #active: Active | undefined;

  constructor(version: FunctionVersion, host: EnvironmentHost) {
    this.version = version;
    this.#host = host;
    this.#log = new EnvironmentLog(version, this.id, host.logs);
    this.ready = this.#ready.promise;
    version.code.retain();
    this.exited = this.#live().finally(() => version.code.release());
  }

  get processId(): number | undefined {
    return this.#process?.pid;
  }

  get busy(): boolean {
    return this.#active !== undefined;
  }

  /** Whether it can take no invocation any more. */
  get ended(): boolean {
    return this.#killed || this.#gone;
  }

  /** Runs one invocation. @throws EnvironmentGone where the process ended before it took it */
  invoke(invocation: Invocation): Promise<InvocationResult> {
    if (this.ended) return Promise.reject(new EnvironmentGone());
    const { promise, resolve, reject } = Promise.withResolvers<InvocationResult>();
    const notYet = { startedAt: undefined, timer: undefined, outcome: undefined, outputRead: false };
    this.#active = { invocation, resolve, reject, ...notYet };
    this.#deliverActive();
    return promise;
  }

  /** Ends the process at once, whatever it does. */
  kill(): void {
    this.#killed = true;
    if (this.#process && !this.#gone) killProcess(this.#process);
  }

  next(deliver: (event: RuntimeEvent) => void): void {
    this.#deliver = deliver;
    if (!this.#initialised) {
      this.#initialised = true;
      this.#log.initialised(performance.now() - this.#startedAt);
      clearTimeout(this.#initTimer);
      this.#ready.resolve();
    }
    this.#deliverActive();
  }

  response(requestId: string, payload: Buffer): void {
    this.#settle(requestId, success(payload));
  }

  responseTooLarge(requestId: string, bytes: number): void {
    const message = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${RESPONSE_LIMIT} bytes).`;
    this.#settle(requestId, fault('Function.ResponseSizeTooLarge', message));
  }

  error(requestId: string, payload: Buffer): void {
    this.#settle(requestId, reported(payload));
  }

  initError(payload: Buffer): void {
    this.#initOutcome = reported(payload);
  }

  async #live(): Promise<void> {
    const temporaryDirectory = join(this.#host.directory, this.id);
    try {
      const exit = await this.#run(temporaryDirectory);
      this.#onExit(exit.message);
    } catch (error) {
      this.#onExit(`Runtime failed to start: ${(error as Error).message}`);
    } finally {
      this.#host.runtimeApi.unregister(this.id);
      await rm(temporaryDirectory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
      await this.#log.drained();
    }
  }

  async #run(temporaryDirectory: string): Promise<{ message: string }> {
    const [runtimeApi] = await Promise.all([
      this.#host.runtimeApi.register(this.id, this),
      mkdir(temporaryDirectory, { recursive: true }),
    ]);
    if (this.#killed) return { message: 'Runtime exited with error: signal: killed' };
    const logToken = randomBytes(9).toString('base64url');
    const child = startProcess({
      version: this.version,
      region: this.#host.region.name,
      endpoint: this.#host.region.endpoint,
      runtimeApi,
      logStreamName: this.#log.streamName,
      logToken,
      temporaryDirectory,
    });
    this.#process = child;
    this.#initTimer = setTimeout(() => this.#initTimedOut(), this.#host.initTimeout);
    this.#readOutput(child, logToken);
    const { promise, resolve, reject } = Promise.withResolvers<{ message: string }>();
    child.once('error', reject);
    // What it started may hold its output open: that goes with it.
    child.once('exit', () => killProcess(child));
    child.once('close', (code, signal) => resolve({ message: describeExit(code, signal) }));
    return promise;
  }

  #readOutput(child: ChildProcess, logToken: string): void {
    const output = new OutputReader(logToken, {
      message: (text) => this.#log.message(text),
      end: (requestId, memoryBytes) => this.#outputEnded(requestId, memoryBytes),
    });
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk)).once('end', () => output.finish());
    // Node itself writes here when it dies; what the function writes comes by stdout, in its order.
    child.stderr?.on('data', (chunk: Buffer) => this.#log.message(chunk.toString()));
    child.stdin?.on('error', () => undefined);
  }

  #initTimedOut(): void {
    const seconds = (this.#host.initTimeout / 1000).toFixed(2);
    this.#initOutcome = fault('Sandbox.Timedout', `Task timed out after ${seconds} seconds`, 'timeout');
    this.kill();
  }

  #deliverActive(): void {
    // A runtime that is done asks for the next invocation while the output of this one is still being read.
    if (!this.#deliver || !this.#active || this.#active.startedAt !== undefined) return;
    const { invocation } = this.#active;
    const timeoutMs = this.version.configuration.timeout * 1000;
    this.#active.startedAt = performance.now();
    this.#active.timer = setTimeout(() => this.#timedOut(invocation.requestId), timeoutMs);
    this.#log.start(invocation.requestId);
    this.#deliver({ ...invocation, deadline: Date.now() + timeoutMs });
    this.#deliver = undefined;
  }

  #timedOut(requestId: string): void {
    const message = `Task timed out after ${this.version.configuration.timeout.toFixed(2)} seconds`;
    this.#settle(requestId, fault('Sandbox.Timedout', `RequestId: ${requestId} Error: ${message}`, 'timeout'));
    this.#log.timedOut(requestId, message);
    this.kill();
  }

  #settle(requestId: string, outcome: Outcome): void {
    const active = this.#active;
    if (active?.invocation.requestId !== requestId || active.outcome || active.startedAt === undefined) return;
    active.outcome = { ...outcome, durationMs: performance.now() - active.startedAt };
    clearTimeout(active.timer);
    active.timer = setTimeout(() => this.#outputEnded(requestId, 0), OUTPUT_PATIENCE);
    this.#completeWhenRead(active);
  }

  #outputEnded(requestId: string, memoryBytes: number): void {
    this.#log.usedMemory(memoryBytes);
    if (this.#active?.invocation.requestId !== requestId) return;
    this.#active.outputRead = true;
    this.#completeWhenRead(this.#active);
  }

  /** An invocation is answered when both have come, by their different ways: its result, and the end of its output. */
  #completeWhenRead(active: Active): void {
    if (!active.outcome || !active.outputRead) return;
    clearTimeout(active.timer);
    this.#active = undefined;
    active.resolve(this.#report(active.invocation, active.outcome, active.outcome.durationMs));
  }

  #report({ requestId }: Invocation, outcome: Outcome, durationMs: number): InvocationResult {
    const logTail = this.#log.report(requestId, durationMs, outcome);
    const functionError = outcome.status === 'success' ? undefined : 'Unhandled';
    return { payload: outcome.payload, functionError, logTail };
  }

  #onExit(message: string): void {
    this.#gone = true;
    clearTimeout(this.#initTimer);
    if (!this.#initialised) this.#initEnded(this.#initOutcome ?? fault('Runtime.ExitError', message));
    const active = this.#active;
    if (!active) return;
    clearTimeout(active.timer);
    if (active.startedAt === undefined) {
      this.#active = undefined;
      active.reject(new EnvironmentGone());
      return;
    }
    const { requestId } = active.invocation;
    if (!active.outcome) {
      this.#settle(requestId, fault('Runtime.ExitError', `RequestId: ${requestId} Error: ${message}`));
      this.#log.crashed(requestId, message, 'Runtime.ExitError');
    }
    this.#outputEnded(requestId, 0);
  }

  #initEnded(outcome: Outcome): void {
    const durationMs = performance.now() - this.#startedAt;
    this.#log.initFailed(durationMs, outcome);
    const answer = (invocation: Invocation): InvocationResult => {
      this.#log.start(invocation.requestId);
      return this.#report(invocation, outcome, durationMs);
    };
    this.#ready.reject(new InitFailed(answer));
  }
}
