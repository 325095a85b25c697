import { styleText } from 'node:util';
import { Command, CommanderError } from 'commander';

/** Something the person at the terminal can mend: told in one line, without a stack trace. */
export class UserError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'UserError';
    this.exitCode = exitCode;
  }
}

/** A command of `npm run`, with the example its help ends with. Options it does not know are refused. */
export function command(name: string, description: string, example: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .addHelpText('after', `\nExample:\n  ${example}`)
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride();
}

/**
 * Runs a command to its end and leaves its exit code. The action is handed a signal that Ctrl-C and SIGTERM abort;
 * it is awaited after that too, so that it can clean up. A second Ctrl-C ends the process at once.
 */
export async function runCommand(program: Command, action: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const interrupted = new AbortController();
  for (const [signal, exitCode] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    // Listening on after the first: a library that draws progress ends the process if it finds itself alone with it.
    process.on(signal, () => {
      if (interrupted.signal.aborted) process.exit(exitCode);
      interrupted.abort(new UserError('Interrupted.', exitCode));
    });
  }
  try {
    await program.parseAsync();
    process.exitCode = await action(interrupted.signal);
  } catch (error) {
    process.exitCode = report(error);
  }
  // Whatever did not heed the interruption must not keep the process.
  if (interrupted.signal.aborted) process.exit();
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  const message = error instanceof Error ? error.message : String(error);
  console.error(`${styleText('red', 'error', { stream: process.stderr })} ${message}`);
  return error instanceof UserError ? error.exitCode : 1;
}
