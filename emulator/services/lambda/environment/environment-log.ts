import type { FunctionVersion } from '../function/function.ts';
import { LogStream, type LogsOperations } from './log/log-stream.ts';
import { LogTail } from './log/log-tail.ts';
import { type PlatformLog, platformLog } from './log/platform-log.ts';
import type { Outcome } from './outcome.ts';

/** The log of one environment: what its function writes, and Lambda's own lines about each invocation. */
export class EnvironmentLog {
  readonly #version: FunctionVersion;
  readonly #platform: PlatformLog;
  readonly #stream: LogStream;
  readonly #tail = new LogTail();
  #maxMemoryBytes = 0;
  /** Reported with the first invocation, and then no more. */
  #initDurationMs: number | undefined;

  constructor(version: FunctionVersion, environmentId: string, logs: LogsOperations) {
    const { logging } = version.configuration;
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    const prefix = logging.customGroup ? version.functionName : '';
    this.#version = version;
    this.#platform = platformLog(logging);
    this.#stream = new LogStream(logs, logging.group, `${day}/${prefix}[${version.version}]${environmentId}`);
  }

  get streamName(): string {
    return this.#stream.name;
  }

  /** Resolves when CloudWatch Logs has all of it. */
  drained(): Promise<void> {
    return this.#stream.drained();
  }

  /** One log event, of one line or more. */
  message(text: string): void {
    const line = text.endsWith('\n') ? text : `${text}\n`;
    this.#tail.add(line);
    this.#stream.put(line);
  }

  usedMemory(bytes: number): void {
    this.#maxMemoryBytes = Math.max(this.#maxMemoryBytes, bytes);
  }

  initialised(durationMs: number): void {
    this.#initDurationMs = durationMs;
  }

  initFailed(durationMs: number, { status, errorType }: Outcome): void {
    this.#write(this.#platform.initFailed(durationMs, status, errorType));
  }

  start(requestId: string): void {
    this.#write(this.#platform.start(requestId, this.#version.version));
  }

  timedOut(requestId: string, message: string): void {
    this.#write(this.#platform.timedOut(requestId, message));
  }

  crashed(requestId: string, message: string, errorType: string): void {
    this.#write(this.#platform.crashed(requestId, message, errorType));
  }

  /** Ends the log of an invocation. Answers the last 4 KB of it. */
  report(requestId: string, durationMs: number, { status, errorType }: Outcome): Uint8Array {
    const { memorySize } = this.#version.configuration;
    const report = {
      requestId,
      durationMs,
      memorySizeMb: memorySize,
      // What Node itself takes may make it more than a function is given; on AWS it never is.
      maxMemoryUsedMb: Math.min(memorySize, Math.ceil(this.#maxMemoryBytes / 1024 / 1024)),
      initDurationMs: this.#initDurationMs,
      status,
      errorType,
    };
    this.#initDurationMs = undefined;
    this.#write(this.#platform.report(report));
    return this.#tail.take();
  }

  #write(lines: readonly string[]): void {
    for (const line of lines) {
      this.message(line);
    }
  }
}
