import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../terminal/command-line.ts';
import { runNpm } from '../../terminal/program.ts';

const run = promisify(execFile);

/** The systems that a bundle can be for, as npm calls them. */
export const systems = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'] as const;
export type System = (typeof systems)[number];

/** The one that this is. @throws UserError where there is no Node for it */
export function thisSystem(): System {
  const found = systems.find((system) => system === `${process.platform}-${process.arch}`);
  if (!found) {
    throw new UserError(
      `There is no bundle for ${process.platform}-${process.arch}; there are: ${systems.join(', ')}.`,
    );
  }
  return found;
}

export interface BundleOptions {
  readonly repository: string;
  /** Where it goes: a folder that is not there yet. */
  readonly target: string;
  readonly systems: readonly System[];
  readonly signal: AbortSignal;
  readonly onStep: (step: string) => void;
}

/** Has `npm ci` take everything from the folder beside it. */
const fromCache = 'cache=../npm-cache\noffline=true\nupdate-notifier=false\n';

/**
 * Writes a folder from which `npm ci` works without a network: the files that git knows, and npm's cache with every
 * package that the lock file names for some systems, their Node among them.
 * @throws UserError where the folder is there, or npm cannot fetch something
 */
export async function writeBundle(options: BundleOptions): Promise<void> {
  const { repository, target, signal, onStep } = options;
  if ((await readdir(target).catch(() => [])).length > 0) {
    throw new UserError(`${target} is there already: give another folder, or remove it.`);
  }
  const [copy, cache] = [join(target, 'cookie-factory'), join(target, 'npm-cache')];
  onStep('copying the repository');
  const { stdout } = await run('git', ['ls-files', '-z'], { cwd: repository, maxBuffer: 1 << 26 });
  for (const file of stdout.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(join(repository, file), join(copy, file));
  }
  for (const system of options.systems) {
    onStep(`fetching the packages for ${system}`);
    await fillCache(copy, resolve(cache), system, signal);
  }
  await rm(join(cache, '_logs'), { recursive: true, force: true });
  await appendFile(join(copy, '.npmrc'), fromCache);
}

/** Installs once for a system, and forgets the installation: what stays is the cache. */
async function fillCache(repository: string, cache: string, system: System, signal: AbortSignal): Promise<void> {
  const room = await mkdtemp(join(tmpdir(), 'bundle-'));
  const [os = '', cpu = ''] = system.split('-');
  try {
    for (const file of ['package.json', 'package-lock.json', 'emulator/package.json', 'emulator/bin.js']) {
      await cp(join(repository, file), join(room, file));
    }
    const forSystem = ['--os', os, '--cpu', cpu, ...(os === 'linux' ? ['--libc', 'glibc'] : [])];
    const args = ['--ignore-scripts', '--no-audit', '--no-fund', '--cache', cache, ...forSystem];
    const { code, stderr } = await runNpm(['ci', ...args], { cwd: room, env: process.env, signal });
    if (code !== 0) {
      throw new UserError(`npm could not fetch the packages for ${system}:\n${stderr.trim()}`);
    }
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}
