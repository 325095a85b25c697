import { Listr, ListrLogger } from 'listr2';
import { Interrupted } from './interruption.ts';

/** On a terminal every task is a line that changes, elsewhere its steps are lines. Ctrl-C is ours to handle. */
export const rendering = {
  renderer: 'default',
  fallbackRenderer: 'verbose',
  registerSignalListeners: false,
  // The caller of a task reports why it failed, and not twice.
  exitOnError: false,
  rendererOptions: { collapseSubtasks: false, showErrorMessage: false },
  // How tasks go is one story. What failed a command is told on stderr, in one line, by who runs it.
  fallbackRendererOptions: { logTitleChange: false, logger: new ListrLogger({ useIcons: false, toStderr: [] }) },
} as const;

/** How a task that came to its end is marked: with a tick, with a cross, or as one that decided nothing. */
export type Mark = 'done' | 'failed' | 'undecided';

export interface TaskOptions<Result> {
  readonly title: string;
  /** Tells what is being done now. A detail is one of many, for a terminal only. */
  readonly work: (show: (line: string, isDetail?: boolean) => void) => Promise<Result>;
  /** The title in the end. */
  readonly done: (result: Result, seconds: number) => string;
  /** Whether a result is good news: only that gets a tick. @default - every result is */
  readonly mark?: (result: Result) => Mark;
  /** Tells a failure from an interruption. */
  readonly signal: AbortSignal;
}

const aSecond = 1_000;

/**
 * Does one task, shows how far it is and for how long, and returns its result.
 * @throws what the task fails with
 */
export async function runTask<Result>(options: TaskOptions<Result>): Promise<Result> {
  const { title, work, done, mark = () => 'done', signal } = options;
  const outcomes: PromiseSettledResult<Result>[] = [];
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const list = new Listr(
    [
      {
        title,
        task: async (_context, task) => {
          const clock = showElapsed(() => {
            task.title = `${title} (${seconds().toFixed(0)} s)`;
          });
          const working = work((line, isDetail = false) => {
            if (!isDetail || process.stdout.isTTY) {
              task.output = line;
            }
          });
          const [outcome] = await Promise.allSettled([working]);
          clearInterval(clock);
          outcomes.push(outcome);
          if (outcome.status === 'rejected') {
            task.title = `${title}: ${signal.reason instanceof Interrupted ? 'interrupted' : 'failed'}`;
            throw new Error(task.title);
          }
          task.title = done(outcome.value, seconds());
          const marked = mark(outcome.value);
          if (marked === 'failed') {
            throw new Error(task.title);
          }
          if (marked === 'undecided') {
            task.skip(task.title);
          }
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

/** Shows each second on a terminal how long it has taken; elsewhere a line that changes would be many. */
function showElapsed(show: () => void): NodeJS.Timeout | undefined {
  return process.stdout.isTTY ? setInterval(show, aSecond).unref() : undefined;
}
