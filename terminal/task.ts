import { Listr } from 'listr2';

/** On a terminal every task is a line that changes, elsewhere its steps are lines. Ctrl-C is ours to handle. */
export const rendering = {
  renderer: 'default',
  fallbackRenderer: 'verbose',
  registerSignalListeners: false,
  rendererOptions: { collapseSubtasks: false, showErrorMessage: false },
  fallbackRendererOptions: { logTitleChange: false },
} as const;

export interface TaskOptions<Result> {
  readonly title: string;
  /** Tells what is being done now. A detail is one of many, for a terminal only. */
  readonly work: (show: (line: string, isDetail?: boolean) => void) => Promise<Result>;
  /** The title in the end. */
  readonly done: (result: Result, seconds: number) => string;
  /** Tells a failure from an interruption. */
  readonly signal: AbortSignal;
}

/** Does one task, shows how far it is, and returns its result. @throws what the task fails with */
export async function runTask<Result>({ title, work, done, signal }: TaskOptions<Result>): Promise<Result> {
  const outcomes: PromiseSettledResult<Result>[] = [];
  const started = performance.now();
  const list = new Listr(
    [
      {
        title,
        task: async (_context, task) => {
          const working = work((line, isDetail = false) => {
            if (!isDetail || process.stdout.isTTY) {
              task.output = line;
            }
          });
          // A failure is reported by the caller of the task, and not twice.
          const [outcome] = await Promise.allSettled([working]);
          outcomes.push(outcome);
          const seconds = (performance.now() - started) / 1000;
          task.title =
            outcome.status === 'fulfilled'
              ? done(outcome.value, seconds)
              : `${title}: ${signal.aborted ? 'interrupted' : 'failed'}`;
        },
      },
    ],
    rendering,
  );
  await list.run();
  const [outcome] = outcomes;
  if (outcome?.status === 'fulfilled') {
    return outcome.value;
  }
  throw outcome?.reason ?? new Error(`${title} was not even begun.`);
}
