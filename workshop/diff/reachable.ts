import { isAbsolute, join, relative, sep } from 'node:path';

/** What a function is made of: the project's own files, and the packages that they name. */
export interface Reachable {
  /** Paths from the repository's root, with `/`, sorted. */
  readonly files: readonly string[];
  /** Names of packages, without Node's own modules, sorted. */
  readonly packages: readonly string[];
}

/** All project files that are reachable from some roots, as esbuild finds them when it bundles. */
export async function reachableFrom(roots: readonly string[], repository: string): Promise<Reachable> {
  if (roots.length === 0) {
    return { files: [], packages: [] };
  }
  // Loaded late: many commands can ask this, and few do.
  const { build } = await import('esbuild');
  const { metafile } = await build({
    entryPoints: roots.map((root) => join(repository, root)),
    absWorkingDir: repository,
    bundle: true,
    write: false,
    outdir: 'unused',
    metafile: true,
    platform: 'node',
    format: 'esm',
    // A package is named and not entered: what it is made of is not the factory's source.
    packages: 'external',
    logLevel: 'silent',
  });
  const inputs = Object.entries(metafile.inputs);
  const files = inputs.map(([file]) => fromRoot(file, repository));
  const packages = inputs
    .flatMap(([, { imports }]) => imports.filter(({ external }) => external === true).map(({ path }) => path))
    .filter((path) => !path.startsWith('node:'))
    .map(packageOf);
  return { files: files.sort(), packages: [...new Set(packages)].sort() };
}

function fromRoot(file: string, repository: string): string {
  return (isAbsolute(file) ? relative(repository, file) : file).split(sep).join('/');
}

/** `@aws-sdk/client-sqs` of `@aws-sdk/client-sqs/dist/x.js`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
