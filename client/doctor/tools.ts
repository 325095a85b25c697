import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Finding, fine, note, stops } from './finding.ts';

const run = promisify(execFile);
const answersWithinMs = 20_000;

/** npm and its script policy, the bundler, and Docker, which nothing but containers needs. */
export async function examineTools(): Promise<Finding[]> {
  const [npm, policy, bundler, engine, compose] = await Promise.all([
    outputOf(...npmWith('--version')),
    outputOf(...npmWith('config', 'get', 'ignore-scripts')),
    bundlerVersion(),
    outputOf('docker', ['version', '--format', '{{.Server.Version}}']),
    outputOf('docker', ['compose', 'version', '--short']),
  ]);
  return [
    npm === undefined ? note('npm', 'not found', 'Install npm: it starts the commands.') : fine('npm', npm),
    judgePolicy(policy, bundler),
    judgeDocker(engine, compose),
  ];
}

/** @param bundler - Its version; undefined where it does not run, which an install without scripts may be the reason of. */
export function judgePolicy(policy: string | undefined, bundler: string | undefined): Finding {
  const name = 'install scripts';
  const says = policy === 'true' ? 'off (ignore-scripts)' : 'on';
  if (bundler !== undefined) {
    return fine(name, `${says}; esbuild ${bundler} runs`);
  }
  return stops(name, `${says}; esbuild does not run`, 'Install again: npm ci. If scripts are off: npm rebuild esbuild');
}

export function judgeDocker(engine: string | undefined, compose: string | undefined): Finding {
  const name = 'Docker';
  const unneeded = 'Nothing, unless you want LocalStack or the container image: both need';
  if (engine === undefined) {
    return note(name, 'no engine answers', `${unneeded} an engine.`);
  }
  if (compose === undefined) {
    return note(name, `engine ${engine}, no compose`, `${unneeded} the compose plugin, too.`);
  }
  return fine(name, `engine ${engine}, compose ${compose}`);
}

/** The npm that started this command, or the one on the PATH. */
function npmWith(...args: string[]): [string, string[]] {
  const cli = process.env['npm_execpath'];
  return cli ? [process.execPath, [cli, ...args]] : ['npm', args];
}

async function bundlerVersion(): Promise<string | undefined> {
  try {
    const { transform, version } = await import('esbuild');
    await transform('');
    return version;
  } catch {
    return undefined;
  }
}

/** The first line that a program prints; undefined where there is none, or it fails. */
async function outputOf(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run(program, [...args], { timeout: answersWithinMs });
    return stdout.trim().split('\n', 1)[0] || undefined;
  } catch {
    return undefined;
  }
}
