import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who works here, as the machine knows them. */
export function author(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry, as containers have them.
    return process.env['USER'] || 'unknown';
  }
}

/** The commit that is checked out, with `+` where something was changed since; undefined where git cannot tell. */
export async function commitOf(repository: string): Promise<string | undefined> {
  const git = async (...args: string[]) => (await run('git', args, { cwd: repository })).stdout.trim();
  try {
    const commit = await git('rev-parse', '--short', 'HEAD');
    return (await git('status', '--porcelain')) === '' ? commit : `${commit}+`;
  } catch {
    return undefined;
  }
}
