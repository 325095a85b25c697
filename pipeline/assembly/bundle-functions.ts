import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type BuildFailure, build, formatMessages, type Metafile, version } from 'esbuild';
import { builtinModules, builtinNamespace } from './builtin-modules.ts';
import { BundleRecord } from './bundle-record.ts';

/** A function and the file that exports its handler, from the root of the repository. */
export interface FunctionRoot {
  readonly name: string;
  readonly file: string;
}

export interface BundleOptions {
  /** Root of the repository. */
  readonly repository: string;
  readonly roots: readonly FunctionRoot[];
  /** Folder to put `<name>/index.mjs` into. */
  readonly target: string;
  /** Folders in which packages are looked for that nothing declares, as NODE_PATH does. @default - none */
  readonly nodePaths?: readonly string[];
}

export interface Bundle {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  /** Whether the file was written: one that is already right is left as it is. */
  readonly changed: boolean;
}

const environmentCredentials = join(import.meta.dirname, 'environment-credentials.ts');

/** A bundle that could not be made, for a reason that is whole in its message. */
export class BundleFailed extends Error {
  override readonly name = 'BundleFailed';
}

/**
 * Bundles functions, each into one minified ES module that needs nothing but Node: no node_modules, no SDK of the
 * runtime. The same source gives the same bytes wherever it is checked out. What is there already, of the same files, is not
 * made again.
 *
 * @throws BundleFailed
 */
export async function bundleFunctions(options: BundleOptions): Promise<Bundle[]> {
  const { repository, roots, target } = options;
  const missing = roots.filter(({ file }) => !existsSync(join(repository, file)));
  if (missing.length > 0) {
    throw new BundleFailed(missing.map(({ name, file }) => `${name}: there is no ${file} to bundle`).join('\n'));
  }
  const record = await BundleRecord.of(target, repository);
  const askedFor = ({ name, file }: FunctionRoot) => ({
    name,
    file: bundleIn(target, name),
    settings: JSON.stringify([version, file, options.nodePaths ?? []]),
  });
  const stale = roots.filter((root) => !record.isCurrent(askedFor(root)));
  const begun = Date.now();
  const compiled = stale.length > 0 ? await compile({ ...options, roots: stale }) : undefined;
  const bundles = await Promise.all(roots.map(({ name }) => writeBundle(name, compiled?.contents.get(name), target)));
  if (compiled) {
    for (const root of stale) {
      record.note(askedFor(root), [...inputsOf(root, compiled.metafile), ...settingsOf(repository)], begun);
    }
    await record.save();
  }
  return bundles;
}

const bundleIn = (target: string, name: string): string => join(target, name, 'index.mjs');

/** What else decides what comes out. */
const settingsOf = (repository: string): readonly string[] => [
  ...['tsconfig.json', 'package.json'].map((file) => join(repository, file)),
  ...['bundle-functions.ts', 'builtin-modules.ts'].map((file) => join(import.meta.dirname, file)),
];

/** All that a bundle is made of, and also what nothing of is left in it: that too says where things come from. */
function inputsOf({ file }: FunctionRoot, { inputs }: Metafile): readonly string[] {
  const found = new Set([file]);
  for (const input of found) {
    for (const { path } of inputs[input]?.imports ?? []) {
      if (path in inputs) {
        found.add(path);
      }
    }
  }
  return [...found].filter((input) => !input.startsWith(`${builtinNamespace}:`));
}

/** @param contents what it holds from now on; where it is left out, what is there is right */
async function writeBundle(name: string, contents: Buffer | undefined, target: string): Promise<Bundle> {
  const file = bundleIn(target, name);
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  await removeAllBut(basename(file), folder);
  const changed = contents !== undefined && !(existsSync(file) && contents.equals(await readFile(file)));
  if (changed) {
    await writeFile(file, contents);
  }
  return { name, file, bytes: contents?.byteLength ?? (await stat(file)).size, changed };
}

interface Compiled {
  /** By the names of the functions. */
  readonly contents: ReadonlyMap<string, Buffer>;
  readonly metafile: Metafile;
}

/** All in one go, so that what they share is read and parsed once. */
async function compile({ repository, roots, target, nodePaths }: BundleOptions): Promise<Compiled> {
  try {
    const { outputFiles, metafile } = await build({
      entryPoints: roots.map(({ name, file }) => ({ in: file, out: name })),
      outdir: target,
      // Paths in messages and in the order of modules are relative to here, so that no machine's own path gets in.
      absWorkingDir: repository,
      ...(nodePaths && { nodePaths: [...nodePaths] }),
      bundle: true,
      write: false,
      metafile: true,
      minify: true,
      legalComments: 'none',
      format: 'esm',
      platform: 'node',
      target: 'node24',
      // A package's ES module before its CommonJS: smaller by a third, as only that can be shaken.
      mainFields: ['module', 'main'],
      alias: { '@aws-sdk/credential-provider-node': environmentCredentials },
      plugins: [builtinModules],
      logLevel: 'silent',
    });
    const nameOf = (path: string) => relative(target, path).replace(/\.js$/, '').replaceAll(sep, '/');
    return {
      contents: new Map(outputFiles.map(({ path, contents }) => [nameOf(path), Buffer.from(contents)])),
      metafile,
    };
  } catch (error) {
    if (!isBuildFailure(error)) {
      throw error;
    }
    const messages = await formatMessages(error.errors, { kind: 'error' });
    throw new BundleFailed(`esbuild cannot bundle the functions\n${messages.join('').trim()}`, { cause: error });
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && 'warnings' in error;
}

/** What else lies in the folder would become part of the asset, and of its hash. */
async function removeAllBut(kept: string, folder: string): Promise<void> {
  const others = (await readdir(folder)).filter((entry) => entry !== kept);
  await Promise.all(others.map((entry) => rm(join(folder, entry), { recursive: true })));
}
