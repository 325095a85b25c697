import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';

/** What became of a command. */
export interface CommandEnded {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Nothing that is tried takes so long on an endpoint that still answers. */
const limitMs = 15 * 60_000;
const notFound = 127;

/** Runs npm: the one that runs this command, or else the one on the path. */
export function runNpm(args: readonly string[], options: CommandOptions): Promise<CommandEnded> {
  const npm = process.env['npm_execpath'];
  return npm ? runProgram(process.execPath, [npm, ...args], options) : runProgram('npm', args, options);
}

/** Runs an npm script as a person types it. */
export function runScript(script: string, args: readonly string[], options: CommandOptions): Promise<CommandEnded> {
  return runNpm(['run', '--silent', script, '--', ...args], options);
}

/** Runs a program to its end. One that is not there ends with 127, as in a shell. @throws the reason of an abort */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, signal }: CommandOptions,
): Promise<CommandEnded> {
  signal.throwIfAborted();
  const limit = AbortSignal.timeout(limitMs);
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => void child.kill('SIGTERM');
  const ending = AbortSignal.any([signal, limit]);
  ending.addEventListener('abort', end, { once: true });
  try {
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    signal.throwIfAborted();
    const late = limit.aborted ? `\nerror It did not end within ${limitMs / 60_000} minutes.` : '';
    return { code: code ?? 1, stdout: plain(stdout), stderr: plain(stderr) + late };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
    return { code: notFound, stdout: '', stderr: `There is no command ${program}.` };
  } finally {
    ending.removeEventListener('abort', end);
  }
}

const plain = (printed: string): string => stripVTControlCharacters(printed).replaceAll('\r', '');
