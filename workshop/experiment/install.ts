import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { endOf } from '../../terminal/child.ts';
import { UserError } from '../../terminal/command-line.ts';
import { declaredIn, lockedIn } from './manifests.ts';

export interface InstallOptions {
  /** Whether what is for development alone is left out. @default false */
  readonly omitDev?: boolean;
  readonly signal: AbortSignal;
}

/** Where an attendee's folders are, from the repository's root. */
const attendees = 'my-factory';

/**
 * Installs what a snapshot's own folder declares, as a colleague would who has just checked it out: what the lock file says,
 * and where that does not pin everything, what npm finds. Nothing is fetched: these packages are folders of the repository.
 *
 * A lock file says how to get to such a package from where it was made. So npm runs in a folder with the name of the
 * attendee's, and what it installed goes where the snapshot is, which is as deep in the repository.
 *
 * @param folder - Of the snapshot, from the root of the repository.
 * @throws UserError where npm refuses, in its own words
 */
export async function installDeclared(
  repository: string,
  folder: string,
  { omitDev = false, signal }: InstallOptions,
): Promise<void> {
  const place = join(repository, folder);
  const manifests = ['package.json', 'package-lock.json'].filter((file) => existsSync(join(place, file)));
  if (!manifests.includes('package.json')) {
    return;
  }
  const room = join(repository, attendees, basename(folder));
  await mkdir(room, { recursive: true });
  for (const file of manifests) {
    await cp(join(place, file), join(room, file));
  }
  const verb = (await isLocked(room)) ? ['ci'] : ['install', '--no-package-lock'];
  const quietly = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runNpm([...verb, ...quietly, ...(omitDev ? ['--omit=dev'] : [])], room, signal);
  if (existsSync(join(room, 'node_modules'))) {
    await rename(join(room, 'node_modules'), join(place, 'node_modules'));
  }
  await rm(room, { recursive: true });
}

/** Runs the npm that runs this command, or else the one on the path. */
async function runNpm(args: readonly string[], folder: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const npm = process.env['npm_execpath'];
  const [program, all] = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  // On Windows npm is a script, which only a shell can start.
  const options = { cwd: folder, env: withoutNpm(process.env), shell: !npm && process.platform === 'win32' };
  const child = spawn(program, all, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const [printed, code] = await Promise.all([text(child.stderr), endOf(child, signal)]);
  signal.throwIfAborted();
  if (code !== 0) {
    throw new UserError(`npm ${args[0]} failed in the folder of ordering.ts: ${printed.trim()}`);
  }
}

async function isLocked(folder: string): Promise<boolean> {
  const [declared, locked] = [await declaredIn(folder), await lockedIn(folder)];
  return existsSync(join(folder, 'package-lock.json')) && declared.every((name) => locked.includes(name));
}

/** What the npm that runs this command tells its children is about this repository, and not about that folder. */
function withoutNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^npm_/i.test(name)));
}
