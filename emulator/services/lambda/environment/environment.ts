import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionKeys } from '../../../wire/authentication/access-keys.ts';
import type { FunctionVersion } from '../function/function.ts';
import { isPython, pythonOf } from '../function/python.ts';
import { ActiveInvocation } from './active-invocation.ts';
import { EnvironmentActivity } from './environment-activity.ts';
import { EnvironmentEnding } from './environment-ending.ts';
import type { EnvironmentHost } from './environment-host.ts';
import { EnvironmentLog } from './environment-log.ts';
import { startGuarded } from './guarded-process.ts';
import { Initialisation } from './initialisation.ts';
import { fault, type Outcome, reported, success } from './outcome.ts';
import type { EnvironmentProcess } from './process/environment-process.ts';
import { Extensions } from './runtime/extensions.ts';
import {
  EnvironmentGone,
  InitFailed,
  type Invocation,
  type InvocationResult,
  type ResponseSink,
  type RuntimeEvent,
} from './runtime/invocation.ts';
import type { Runtime } from './runtime/runtime-api.ts';
import { responseLimit } from './runtime/streamed-response.ts';

/**
 * One execution environment: a process that runs one invocation after the other ("Understanding the Lambda execution
 * environment lifecycle"). A timeout or a crash ends it at once. Unlike on AWS it is not frozen between invocations.
 */
export class Environment implements Runtime {
  readonly id = randomBytes(16).toString('hex');
  readonly version: FunctionVersion;
  readonly extensions = new Extensions();
  /** What `os.tmpdir()` says in it. It is the process's own, and goes with it. */
  readonly temporaryDirectory: string;
  /** Resolves when the handler is loaded. @throws InitFailed */
  readonly ready: Promise<void>;
  /** Resolves when the process is gone and its log has arrived. */
  readonly exited: Promise<void>;

  readonly activity: EnvironmentActivity;
  readonly #host: EnvironmentHost;
  readonly #session: SessionKeys;
  readonly #log: EnvironmentLog;
  readonly #initialisation = new Initialisation();
  #process: EnvironmentProcess | undefined;
  readonly #ending: EnvironmentEnding;
  /** What its exit is called where nobody knows more. */
  #exitError = 'Runtime.ExitError';
  #deliver: ((event: RuntimeEvent) => void) | undefined;
  #active: ActiveInvocation | undefined;

  constructor(version: FunctionVersion, host: EnvironmentHost) {
    this.version = version;
    this.#host = host;
    this.temporaryDirectory = join(host.directory, this.id);
    this.activity = new EnvironmentActivity(host.region.activity, version, this.id);
    this.#ending = new EnvironmentEnding(this.activity);
    this.#session = host.accessKeys.issue({
      role: version.configuration.role.slice(version.configuration.role.lastIndexOf('/') + 1),
      sessionName: version.functionName,
      functionName: version.functionName,
    });
    this.#log = new EnvironmentLog(version, this.id, host.logs);
    this.ready = this.#initialisation.ready;
    version.code.retain();
    this.activity.started();
    this.exited = this.#live().finally(() => version.code.release());
  }

  get processId(): number | undefined {
    return this.#process?.id;
  }

  /** Whether it runs an invocation: one that it has not taken yet could still go to another. */
  get busy(): boolean {
    return this.#active?.started || !this.extensions.idle;
  }

  get state(): 'starting' | 'busy' | 'idle' {
    return this.busy ? 'busy' : this.#initialisation.done ? 'idle' : 'starting';
  }

  /** Whether it can take no invocation any more. */
  get ended(): boolean {
    return this.#ending.begun;
  }

  /** Runs one invocation. @throws EnvironmentGone where the process ended before it took it */
  invoke(invocation: Invocation): Promise<InvocationResult> {
    if (this.ended) {
      return Promise.reject(new EnvironmentGone());
    }
    const active = new ActiveInvocation(invocation);
    this.#active = active;
    this.#deliverActive();
    return active.result;
  }

  /** Does something when it can take the next invocation: now, or when its extensions are done with the last one too. */
  whenFree(action: () => void): void {
    this.extensions.whenIdle(() => {
      this.#ending.spare();
      action();
    });
  }

  /** Ends the process as Lambda does one that it needs no more: with an extension it is asked first, and has a moment. */
  shutDown(reason: 'scaledIn' | 'shutDown'): void {
    if (!this.ended) {
      this.#ending.shutDown(reason, this.extensions.registered);
    }
  }

  /** Ends the process at once, whatever it does: how the fault port breaks it. */
  kill(): void {
    if (!this.#ending.isGone) {
      this.activity.killed();
    }
    this.#ending.now('killed');
  }

  next(deliver: (event: RuntimeEvent) => void): void {
    this.#deliver = deliver;
    if (this.#initialisation.done) {
      this.#deliverActive();
    } else {
      this.extensions.whenIdle(() => this.#initDone());
    }
  }

  response(requestId: string, payload: Buffer, contentType?: string): void {
    this.#settle(requestId, success(payload, contentType));
  }

  sinkOf(requestId: string): ResponseSink | undefined {
    return this.#activeBy(requestId)?.invocation.sink;
  }

  responseTooLarge(requestId: string, bytes: number): void {
    const message = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${responseLimit} bytes).`;
    this.#settle(requestId, fault('Function.ResponseSizeTooLarge', message));
  }

  error(requestId: string, payload: Buffer): void {
    this.#settle(requestId, reported(payload));
  }

  initError(payload: Buffer): void {
    this.#initialisation.reported(reported(payload));
  }

  async #live(): Promise<void> {
    try {
      this.#onExit(await this.#run());
    } catch (error) {
      this.#onExit(`Runtime failed to start: ${(error as Error).message}`);
    } finally {
      this.#host.runtimeApi.unregister(this.id);
      this.#host.accessKeys.revoke(this.#session.accessKeyId);
      await rm(this.temporaryDirectory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
      await this.#log.drained();
    }
  }

  async #run(): Promise<string> {
    const isWrittenInPython = isPython(this.version.configuration.runtime);
    const [runtimeApi, python] = await Promise.all([
      this.#host.runtimeApi.register(this.id, this),
      isWrittenInPython ? pythonOf().then(({ executable }) => executable) : '',
      mkdir(this.temporaryDirectory, { recursive: true }),
    ]);
    if (this.#ending.begun) {
      return 'Runtime exited with error: signal: killed';
    }
    const { version, temporaryDirectory } = this;
    const { name: region, endpoint } = this.#host.region;
    const logStreamName = this.#log.streamName;
    this.#process = startGuarded(
      this.#host,
      {
        environmentId: this.id,
        isBusy: () => !this.#initialisation.done || this.busy,
        outOfMemory: () => this.#outOfMemory(),
        ...{ version, region, endpoint, runtimeApi, python, logStreamName, temporaryDirectory, session: this.#session },
      },
      {
        message: (text) => this.#log.message(text),
        end: (requestId, memoryBytes) => this.#outputEnded(requestId, memoryBytes),
      },
    );
    this.#ending.concerns(this.#process);
    this.#initialisation.limit(this.#host.initTimeout, () => this.#ending.now('timedOut'));
    return this.#process.exited;
  }

  #outOfMemory(): void {
    this.#exitError = 'Runtime.OutOfMemory';
    this.#log.usedMemory(this.version.configuration.memorySize * 1024 * 1024);
    this.#ending.now();
  }

  #initDone(): void {
    this.extensions.closeRegistration();
    this.#log.initialised(this.#initialisation.durationMs);
    this.#initialisation.complete();
    this.#deliverActive();
  }

  #deliverActive(): void {
    // A runtime that is done asks for the next invocation while the output of this one is still being read.
    if (!this.#deliver || !this.#active || this.#active.started) {
      return;
    }
    const { invocation } = this.#active;
    const timeoutMs = this.version.configuration.timeout * 1000;
    this.#active.start(timeoutMs, () => this.#timedOut(invocation.requestId));
    this.#log.start(invocation.requestId);
    this.activity.busy(invocation.requestId);
    // Not after the process hears of it: it might be done first.
    if (this.#host.killsAtWork.takes(this.version.functionName)) {
      this.activity.killedAtWork();
      this.#ending.now('killed');
      return;
    }
    const event = { ...invocation, deadline: Date.now() + timeoutMs };
    this.#deliver(event);
    this.#deliver = undefined;
    this.extensions.tell(event);
  }

  #timedOut(requestId: string): void {
    const message = `Task timed out after ${this.version.configuration.timeout.toFixed(2)} seconds`;
    this.#settle(requestId, fault('Sandbox.Timedout', `RequestId: ${requestId} Error: ${message}`, 'timeout'));
    this.#log.timedOut(requestId, message);
    this.#ending.now('timedOut');
  }

  #settle(requestId: string, outcome: Outcome): void {
    const active = this.#activeBy(requestId);
    active?.settle(outcome, () => this.#outputEnded(requestId, 0));
    this.#completeWhenRead(active);
  }

  #outputEnded(requestId: string, memoryBytes: number): void {
    this.#log.usedMemory(memoryBytes);
    const active = this.#activeBy(requestId);
    active?.outputEnded();
    this.#completeWhenRead(active);
  }

  #activeBy(requestId: string): ActiveInvocation | undefined {
    return this.#active?.invocation.requestId === requestId ? this.#active : undefined;
  }

  #completeWhenRead(active: ActiveInvocation | undefined): void {
    const outcome = active?.complete;
    if (!active || !outcome) {
      return;
    }
    this.#active = undefined;
    if (!this.ended && !this.extensions.idle) {
      this.#giveExtensionsTime(outcome.durationMs);
    }
    active.answer(this.#report(active.invocation, outcome, outcome.durationMs));
  }

  /** The function's timeout holds for its extensions too. */
  #giveExtensionsTime(usedMs: number): void {
    const leftMs = this.version.configuration.timeout * 1000 - usedMs;
    this.#ending.in(leftMs, 'timedOut');
  }

  #report({ requestId }: Invocation, outcome: Outcome, durationMs: number): InvocationResult {
    const logTail = this.#log.report(requestId, durationMs, outcome);
    this.activity.invoked(requestId, durationMs, outcome);
    const functionError = outcome.status === 'success' ? undefined : 'Unhandled';
    return { payload: outcome.payload, contentType: outcome.contentType, functionError, logTail };
  }

  #onExit(message: string): void {
    this.#ending.done();
    const failure = this.#initialisation.processEnded(fault(this.#exitError, message));
    if (failure) {
      this.#initFailed(failure);
    }
    this.#activeEnded(message);
    this.activity.ended(message);
  }

  #activeEnded(message: string): void {
    const active = this.#active;
    if (!active) {
      return;
    }
    if (!active.started) {
      this.#active = undefined;
      active.giveBack();
      return;
    }
    const { requestId } = active.invocation;
    if (!active.settled) {
      this.#settle(requestId, fault(this.#exitError, `RequestId: ${requestId} Error: ${message}`));
      this.#log.crashed(requestId, message, 'Runtime.ExitError');
    }
    this.#outputEnded(requestId, 0);
  }

  #initFailed(outcome: Outcome): void {
    const { durationMs } = this.#initialisation;
    this.#log.initFailed(durationMs, outcome);
    const answer = (invocation: Invocation): InvocationResult => {
      this.#log.start(invocation.requestId);
      return this.#report(invocation, outcome, durationMs);
    };
    this.#initialisation.fail(new InitFailed(answer));
  }
}
