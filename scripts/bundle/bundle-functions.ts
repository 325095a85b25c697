import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type BuildFailure, build, formatMessages } from 'esbuild';

/** The functions that are deployed, each from `functions/<name>/handler.ts`. */
export const functionNames = ['ordering', 'baking', 'cleanup', 'stocking'] as const;

export interface BundleFunctionsOptions {
  /** Folder with a folder a function. */
  readonly source: string;
  /** Folder to put `<function>/index.mjs` into. */
  readonly target: string;
  /** @default - all of them */
  readonly names?: readonly string[];
}

export interface Bundle {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  /** Whether the file was written: one that is already right is left as it is. */
  readonly changed: boolean;
}

/** A bundle that could not be made, for a reason that is whole in its message. */
export class BundleFailed extends Error {
  override readonly name = 'BundleFailed';
}

/**
 * Bundles functions, each into one minified ES module that needs nothing but Node: no node_modules, no SDK of the
 * runtime. The same source gives the same bytes wherever it is checked out.
 */
export async function bundleFunctions(options: BundleFunctionsOptions): Promise<Bundle[]> {
  const names = options.names ?? functionNames;
  return await Promise.all(names.map((name) => bundleFunction(name, options)));
}

async function bundleFunction(name: string, { source, target }: BundleFunctionsOptions): Promise<Bundle> {
  const handler = join(source, name, 'handler.ts');
  if (!existsSync(handler)) {
    throw new BundleFailed(`${name}: there is no ${relative(process.cwd(), handler)} to bundle`);
  }
  const contents = await compile(name, handler, source);
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

async function compile(name: string, handler: string, source: string): Promise<Buffer> {
  try {
    const { outputFiles } = await build({
      entryPoints: [handler],
      // Paths in messages and in the order of modules are relative to here, so that no machine's own path gets in.
      absWorkingDir: source,
      bundle: true,
      write: false,
      minify: true,
      legalComments: 'none',
      format: 'esm',
      platform: 'node',
      target: 'node24',
      // A package's ES module before its CommonJS: smaller by a third, as only that can be shaken.
      mainFields: ['module', 'main'],
      logLevel: 'silent',
    });
    return Buffer.concat(outputFiles.map((output) => output.contents));
  } catch (error) {
    if (!isBuildFailure(error)) {
      throw error;
    }
    const messages = await formatMessages(error.errors, { kind: 'error' });
    throw new BundleFailed(`${name}: esbuild cannot bundle it\n${messages.join('').trim()}`, { cause: error });
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
