import { styleText } from 'node:util';
import { Command, CommanderError } from 'commander';
import { interruption } from './interruption.ts';
import { reasonOf } from './reason.ts';
import { UserError } from './user-error.ts';

export { UserError };

/** A command of `npm run`, with the example its help ends with. Options it does not know are refused. */
export function command(name: string, description: string, example: string): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .addHelpText('after', `\nExample:\n  ${example}`)
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride();
}

/**
 * Runs a command to its end and leaves its exit code. The action is handed a signal that aborts when the command is asked
 * to end ({@link interruption}); it is awaited after that too, so that it can clean up.
 */
export async function runCommand(program: Command, action: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const interrupted = interruption();
  bearClosedPipes();
  try {
    await program.parseAsync();
    process.exitCode = await action(interrupted);
  } catch (error) {
    process.exitCode = report(error);
  }
  // Whatever did not heed the interruption must not keep the process.
  if (interrupted.aborted) {
    process.exit();
  }
}

/** A program that reads what a command prints may stop reading, as `head -1` does: that is no failure of the command. */
function bearClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        throw error;
      }
    });
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode;
  }
  // A connection to several addresses of a name fails without a message of its own.
  const message = error instanceof Error ? error.message || reasonOf(error) : String(error);
  console.error(`${styleText('red', 'error', { stream: process.stderr })} ${message}`);
  return error instanceof UserError ? error.exitCode : 1;
}
