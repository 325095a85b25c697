import { UserError } from './user-error.ts';

/** Exit codes of the signals that ask a command to end. SIGHUP is a terminal that was closed. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const parentCheckMs = 1_000;
/** Read as early as it can be: it changes when the parent ends. */
const parent = process.ppid;

/** Why a command ends that was asked to. */
export class Interrupted extends UserError {
  constructor(exitCode: number) {
    super('Interrupted.', exitCode);
  }
}

/**
 * A signal that aborts when the command is asked to end: by Ctrl-C, SIGTERM, a closed terminal, or the end of the npm that
 * runs it. A second Ctrl-C or SIGTERM ends the process at once; a terminal may send SIGHUP more than once for one closing.
 */
export function interruption(): AbortSignal {
  const interrupted = new AbortController();
  const interrupt = (exitCode: number) => interrupted.abort(new Interrupted(exitCode));
  for (const [signal, exitCode] of Object.entries(signals)) {
    // Listening on after the first: a library that draws progress ends the process if it finds itself alone with it.
    process.on(signal, () => {
      if (signal === 'SIGHUP') {
        writeToNobody();
      } else if (interrupted.signal.aborted) {
        process.exit(exitCode);
      }
      if (!interrupted.signal.aborted) {
        interrupt(exitCode);
      }
    });
  }
  onParentGone(() => {
    if (!interrupted.signal.aborted) {
      interrupt(signals.SIGTERM);
    }
  });
  return interrupted.signal;
}

/** With the terminal gone, what is written fails. That must not fail what there still is to do. */
function writeToNobody(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => undefined);
  }
}

/**
 * npm hands SIGTERM on to the shell that it started, and a shell such as dash ends without telling its own child. Nothing
 * tells a process on POSIX that its parent ended, so it looks. Elsewhere a parent is no reason to end: a shell may well
 * leave a command behind on purpose. On Windows the parent's id never changes.
 */
function onParentGone(action: () => void): void {
  const { npm_lifecycle_event, NODE_RUN_SCRIPT_NAME } = process.env;
  if (npm_lifecycle_event === undefined && NODE_RUN_SCRIPT_NAME === undefined) {
    return;
  }
  const timer = setInterval(() => {
    if (process.ppid === parent) {
      return;
    }
    clearInterval(timer);
    action();
  }, parentCheckMs);
  timer.unref();
}
