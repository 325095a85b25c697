import { spawn } from 'node:child_process';

/** What a person reads a long text with: a program, or a line for the shell. */
interface Pager {
  readonly program: string;
  readonly args: readonly string[];
  readonly shell: boolean;
}

export interface PagerOptions {
  readonly isTerminal: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Writes the text without a pager. */
  readonly write: (text: string) => void;
}

/**
 * Shows a text: on a terminal by `$PAGER`, or by `less -R` where that is not set; plain where there is no terminal, no
 * pager, or where `$PAGER` is empty or `cat`, as in git.
 */
export async function page(text: string, { isTerminal, environment, write }: PagerOptions): Promise<void> {
  const pager = isTerminal ? pagerOf(environment) : undefined;
  if (!(pager && (await showBy(pager, text, environment)))) {
    write(text);
  }
}

function pagerOf({ PAGER }: NodeJS.ProcessEnv): Pager | undefined {
  if (PAGER === undefined) {
    return { program: 'less', args: ['-R'], shell: false };
  }
  return PAGER === '' || PAGER === 'cat' ? undefined : { program: PAGER, args: [], shell: true };
}

/** How a shell answers that it does not know a program. */
const unknownProgram = 127;

/** Resolves to whether the pager was there. A person may leave it before the end of the text. */
function showBy({ program, args, shell }: Pager, text: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve) => {
    // A text that fits on the screen needs no key to leave it; git sets the same.
    const env = { LESS: 'FRX', ...environment };
    const child = spawn(program, args, { shell, env, stdio: ['pipe', 'inherit', 'inherit'] });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code !== unknownProgram));
    // Whatever was not read any more is not missed.
    child.stdin.on('error', () => {});
    child.stdin.end(text);
  });
}
