import type { RegionActivity } from '../../../wire/activity/activity.ts';
import type { EndReason } from '../../../wire/activity/event.ts';
import type { FunctionVersion } from '../function/function.ts';
import type { Outcome } from './outcome.ts';

/** Tells of the life of one environment, and of its invocations. */
export class EnvironmentActivity {
  readonly #activity: RegionActivity | undefined;
  readonly #version: FunctionVersion;
  readonly #id: string;
  #invocations = 0;
  #endReason: EndReason | undefined;

  constructor(activity: RegionActivity | undefined, version: FunctionVersion, id: string) {
    this.#activity = activity;
    this.#version = version;
    this.#id = id;
  }

  started(): void {
    if (this.#activity?.isRead) {
      this.#activity.publish({ type: 'environment.started', ...this.#of() });
    }
  }

  idle(): void {
    if (this.#activity?.isRead) {
      this.#activity.publish({ type: 'environment.idle', ...this.#of() });
    }
  }

  busy(requestId: string): void {
    this.#invocations++;
    if (this.#activity?.isRead) {
      this.#activity.publish({ type: 'environment.busy', ...this.#of(), requestId });
    }
  }

  /** Where the initialisation failed, the invocation that it was for never began, and is a cold start too. */
  invoked(requestId: string, durationMs: number, { status, errorType }: Outcome): void {
    if (!this.#activity?.isRead) {
      return;
    }
    this.#activity.publish({
      type: 'invocation.ended',
      ...this.#of(),
      requestId,
      coldStart: this.#invocations < 2,
      durationMs: Math.round(durationMs * 100) / 100,
      outcome: status,
      ...(errorType && { errorType }),
    });
  }

  /** The first reason holds: what follows from it is no other. */
  ends(reason: EndReason): void {
    this.#endReason ??= reason;
  }

  killedAtWork(): void {
    this.#tellOfFault('kill-at-work');
  }

  killed(): void {
    this.#tellOfFault('kill');
  }

  /** @param detail how the process ended, in Lambda's words */
  ended(detail: string): void {
    if (this.#activity?.isRead) {
      const reason = this.#endReason ?? 'crashed';
      this.#activity.publish({ type: 'environment.ended', ...this.#of(), reason, detail });
    }
  }

  #tellOfFault(kind: 'kill' | 'kill-at-work'): void {
    if (this.#activity?.isRead) {
      const fault = { kind, function: this.#version.functionName, environment: this.#id };
      this.#activity.publish({ type: 'fault.applied', fault });
    }
  }

  #of() {
    return { function: this.#version.functionName, version: this.#version.version, environment: this.#id };
  }
}
