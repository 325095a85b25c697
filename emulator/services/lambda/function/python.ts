import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** The runtimes that are Python's. */
export const isPython = (runtime: string): boolean => /^python3\.\d+$/.test(runtime);

/** What a Python has that runs functions: its own path, and its version. */
export interface Python {
  readonly executable: string;
  readonly version: string;
}

const oldest = [3, 9];

/** Where `python3` is on the machine, if it is anywhere. The runtime of functions uses what only POSIX systems have. */
export function findPython(path = process.env['PATH'] ?? ''): string | undefined {
  if (process.platform === 'win32') {
    return undefined;
  }
  return path
    .split(delimiter)
    .filter(Boolean)
    .map((directory) => join(directory, 'python3'))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

let known: Promise<Python> | undefined;

/**
 * The Python that functions run on. What is on the path may be a script that finds the real one by the user's own variables,
 * which functions do not have; so it is asked once where that is.
 * @throws where there is none, or one that is too old
 */
export function pythonOf(): Promise<Python> {
  known ??= ask().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function ask(): Promise<Python> {
  const found = findPython();
  if (found === undefined) {
    throw new Error('There is no python3 on this machine.');
  }
  const program = 'import sys; print(sys.executable); print(sys.version.split()[0])';
  const { stdout } = await promisify(execFile)(found, ['-c', program]);
  const [executable = '', version = ''] = stdout.trim().split('\n');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major !== oldest[0] || minor < (oldest[1] ?? 0)) {
    throw new Error(`Functions need Python ${oldest.join('.')}, and ${found} is ${version}.`);
  }
  return { executable, version };
}
