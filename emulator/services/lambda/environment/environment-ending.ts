import type { EndReason } from '../../../wire/activity/event.ts';
import type { EnvironmentActivity } from './environment-activity.ts';
import type { EnvironmentProcess } from './process/environment-process.ts';

/**
 * What the end of an environment with an internal extension may take, from SIGTERM to SIGKILL, in ms; without any extension
 * there is no SIGTERM ("Understanding the Lambda execution environment lifecycle", Shutdown phase).
 */
const shutdownMs = 500;

/** How an environment comes to its end: asked or not, now or when its time is over. */
export class EnvironmentEnding {
  readonly #activity: EnvironmentActivity;
  #process: EnvironmentProcess | undefined;
  /** Nothing is given to the environment any more. */
  #begun = false;
  #gone = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(activity: EnvironmentActivity) {
    this.#activity = activity;
  }

  /** Whether its end has begun. */
  get begun(): boolean {
    return this.#begun || this.#gone;
  }

  get isGone(): boolean {
    return this.#gone;
  }

  /** There is a process that can be ended. */
  concerns(process: EnvironmentProcess): void {
    this.#process = process;
  }

  /** Ends it in peace where that is wanted, and at once where not. */
  shutDown(reason: EndReason, inPeace: boolean): void {
    if (!this.#process || !inPeace) {
      this.now(reason);
      return;
    }
    this.#activity.ends(reason);
    this.#begun = true;
    this.#process.terminate();
    this.#timer = setTimeout(() => this.now(reason), shutdownMs);
  }

  /** Ends it at once. Without a reason it has crashed. */
  now(reason?: EndReason): void {
    if (reason) {
      this.#activity.ends(reason);
    }
    this.#begun = true;
    if (!this.#gone) {
      this.#process?.kill();
    }
  }

  /** Ends it in some milliseconds, unless it is {@link EnvironmentEnding.spare | spared} before. */
  in(milliseconds: number, reason: EndReason): void {
    this.#timer = setTimeout(() => this.now(reason), Math.max(0, milliseconds));
  }

  spare(): void {
    clearTimeout(this.#timer);
  }

  /** The process is no more. */
  done(): void {
    this.#gone = true;
    clearTimeout(this.#timer);
  }
}
