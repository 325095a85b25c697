import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { bundleFolder, rootsOf, snapshotNumbered, snapshotsIn, twoDigits } from '../snapshots.ts';

/** Whose machine it is on: they happen to have different versions of a package that is not declared. */
export type Owner = 'ada' | 'bob';

export interface WorkingCopyOptions {
  /** Whose odds and ends lie about in the folder above the copy. @default - none: a clean room */
  readonly owner?: Owner;
  /** Whether what exercises are made of, solutions and all, is in the copy. @default false */
  readonly exercises?: boolean;
}

export interface Bundled {
  readonly file: string;
  readonly sha256: string;
}

/** A copy of the repository on a person's machine, to edit, build and deploy from without touching the original. */
export interface WorkingCopy {
  /** Root of the copy. */
  readonly repository: string;
  /** Changes a file, named by its path from the root. An edit that changes nothing is an error. */
  edit(file: string, change: (text: string) => string): Promise<void>;
  /** Bundles a snapshot there, and returns its bundles by function. */
  bundle(number: number): Promise<ReadonlyMap<string, Bundled>>;
  close(): Promise<void>;
}

/** What teaches, proves and measures: nothing that is built or deployed is made of it. */
const forExercises =
  /^workshop\/([^/]+\/(exercise|further|README\.md|quiz\.ts|recorded\.json)|compare|floor|guide|ledger|pages|proof|report|room|snippets)$/;

/** What a build reads. */
const copied = [
  'functions',
  'workshop',
  'infra',
  'pipeline',
  'client',
  'terminal',
  'scripts',
  'package.json',
  'package-lock.json',
  'cdk.json',
  'tsconfig.json',
];

const run = promisify(execFile);

export async function createWorkingCopy(
  repository: string,
  { owner, exercises = false }: WorkingCopyOptions = {},
): Promise<WorkingCopy> {
  const room = await realpath(await mkdtemp(join(tmpdir(), 'working-copy-')));
  const copy = join(room, 'factory');
  await mkdir(copy);
  for (const name of copied) {
    copyInOneGo(join(repository, name), join(copy, name), isSource);
  }
  await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'), 'junction');
  if (owner) {
    const happensToBe = join(room, 'node_modules', 'sprinkles');
    await cp(join(repository, 'workshop', 'machines', owner, 'sprinkles'), happensToBe, { recursive: true });
  }
  return {
    repository: copy,
    edit: async (file, change) => {
      const path = join(copy, file);
      const text = await readFile(path, 'utf8');
      const changed = change(text);
      if (changed === text) {
        throw new Error(`The edit of ${file} changes nothing.`);
      }
      await writeFile(path, changed);
    },
    bundle: async (number) => {
      const snapshot = snapshotNumbered(number, snapshotsIn(copy));
      await run(process.execPath, ['scripts/bundle.ts', twoDigits(number)], { cwd: copy });
      const bundles = rootsOf(snapshot).map(async (root) => {
        const file = join(copy, 'dist', bundleFolder(snapshot, root), 'index.mjs');
        return [root.name, await bundled(file)] as const;
      });
      return new Map(await Promise.all(bundles));
    },
    close: () => rm(room, { recursive: true, force: true }),
  };

  function isSource(path: string): boolean {
    const within = relative(repository, path);
    const isForExercises = forExercises.test(within.split(sep).join('/'));
    return basename(within) !== 'node_modules' && !within.endsWith('.test.ts') && (exercises || !isForExercises);
  }
}

/** Copies a file or a folder. Some hundred small files take several times the work when each is waited for. */
function copyInOneGo(from: string, to: string, isWanted: (path: string) => boolean): void {
  if (!isWanted(from)) {
    return;
  }
  if (!statSync(from).isDirectory()) {
    copyFileSync(from, to);
    return;
  }
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    copyInOneGo(join(from, name), join(to, name), isWanted);
  }
}

async function bundled(file: string): Promise<Bundled> {
  return {
    file,
    sha256: createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  };
}
