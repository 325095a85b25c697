import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type BuildFailure, build, formatMessages } from 'esbuild';
import { builtinModules } from './builtin-modules.ts';

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
 * runtime. The same source gives the same bytes wherever it is checked out.
 *
 * @throws BundleFailed
 */
export async function bundleFunctions(options: BundleOptions): Promise<Bundle[]> {
  const { repository, roots, target } = options;
  const missing = roots.filter(({ file }) => !existsSync(join(repository, file)));
  if (missing.length > 0) {
    throw new BundleFailed(missing.map(({ name, file }) => `${name}: there is no ${file} to bundle`).join('\n'));
  }
  const contents = await compile(options);
  return await Promise.all(roots.map(({ name }) => writeBundle(name, contents.get(name) ?? Buffer.of(), target)));
}

async function writeBundle(name: string, contents: Buffer, target: string): Promise<Bundle> {
  const folder = join(target, name);
  const file = join(folder, 'index.mjs');
  const changed = !(existsSync(file) && contents.equals(await readFile(file)));
  await mkdir(folder, { recursive: true });
  await removeAllBut('index.mjs', folder);
  if (changed) {
    await writeFile(file, contents);
  }
  return { name, file, bytes: contents.byteLength, changed };
}

/** All in one go, so that what they share is read and parsed once. */
async function compile({ repository, roots, target, nodePaths }: BundleOptions): Promise<ReadonlyMap<string, Buffer>> {
  try {
    const { outputFiles } = await build({
      entryPoints: roots.map(({ name, file }) => ({ in: file, out: name })),
      outdir: target,
      // Paths in messages and in the order of modules are relative to here, so that no machine's own path gets in.
      absWorkingDir: repository,
      ...(nodePaths && { nodePaths: [...nodePaths] }),
      bundle: true,
      write: false,
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
    return new Map(outputFiles.map(({ path, contents }) => [nameOf(path), Buffer.from(contents)]));
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
