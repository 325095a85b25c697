import { pause } from '../../wire/pause.ts';
import type { Definition, Retrier, TaskState } from './definition.ts';

/** Why a state failed: what `ErrorEquals` names, and text. */
export interface Failure {
  readonly Error: string;
  readonly Cause: string;
}

/** Invokes a function with JSON. Resolves with the JSON that it answers. @throws a {@link TaskFailed} */
export type InvokeTask = (functionArn: string, input: string) => Promise<string>;

export class TaskFailed extends Error {
  override readonly name = 'TaskFailed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.Error}: ${failure.Cause}`);
    this.failure = failure;
  }
}

/**
 * Runs a state machine to its end, one state after the other.
 * @returns JSON: what the last state answered
 * @throws TaskFailed where a state fails and nobody catches that
 */
export async function run(
  { StartAt, States }: Definition,
  input: string,
  invoke: InvokeTask,
  signal: AbortSignal,
): Promise<string> {
  let name: string | undefined = StartAt;
  let data = input;
  while (name !== undefined) {
    const state: TaskState | undefined = States[name];
    if (!state) {
      throw new TaskFailed({ Error: 'States.Runtime', Cause: `There is no state ${name}.` });
    }
    try {
      data = await attempt(state, data, invoke, signal);
      name = state.End ? undefined : state.Next;
    } catch (error) {
      const { failure } = error as TaskFailed;
      const catcher = failure && !signal.aborted && state.Catch?.find((one) => concerns(one.ErrorEquals, failure));
      if (!catcher) {
        throw error;
      }
      data = JSON.stringify(failure);
      name = catcher.Next;
    }
  }
  return data;
}

/** Runs a state until it succeeds, or none of its retriers has an attempt left. */
async function attempt(state: TaskState, input: string, invoke: InvokeTask, signal: AbortSignal): Promise<string> {
  const used = new Map<Retrier, number>();
  for (;;) {
    try {
      return await invoke(state.Resource, input);
    } catch (error) {
      const { failure } = error as TaskFailed;
      const retrier = failure && state.Retry?.find(({ ErrorEquals }) => concerns(ErrorEquals, failure));
      const attempts = retrier ? (used.get(retrier) ?? 0) : 0;
      if (!retrier || attempts >= (retrier.MaxAttempts ?? 3)) {
        throw error;
      }
      used.set(retrier, attempts + 1);
      await pause(delayMs(retrier, attempts), signal);
      if (signal.aborted) {
        throw error;
      }
    }
  }
}

function delayMs({ IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity }: Retrier, attempts: number) {
  return Math.min(IntervalSeconds * BackoffRate ** attempts, MaxDelaySeconds) * 1000;
}

/** "Error names" of the Amazon States Language. */
const concerns = (names: readonly string[], { Error: name }: Failure): boolean =>
  names.some((one) => one === name || one === 'States.ALL' || one === 'States.TaskFailed');
