import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import * as z from 'zod';

/** What a build and its check read of a repository. */
const read = [
  ...['functions', 'infra', 'workshop', 'pipeline', 'client', 'terminal', 'scripts', 'emulator', 'test'],
  ...['package.json', 'package-lock.json', 'cdk.json', 'tsconfig.json', 'vitest.config.ts'],
];

/** Left out: what is installed or made, which the lock file and the rest decide. */
const isLeftOut = (path: string): boolean => /(^|\/)(node_modules|dist|cdk\.out)(\/|$)/.test(path);

/**
 * SHA-256 of all that decides what is built: the sources, the Node that builds, and what was asked for.
 *
 * @param asked - Such as the stage, and what the source must pass.
 */
export async function hashSource(repository: string, asked: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([process.version, ...asked]));
  for (const name of read.filter((one) => existsSync(join(repository, one)))) {
    for (const file of await filesAt(join(repository, name))) {
      const bytes = await readFile(file);
      hash.update(`${relative(repository, file).split(sep).join('/')}\0${bytes.byteLength}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}

async function filesAt(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) {
    return [path];
  }
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !isLeftOut(relative(path, file).split(sep).join('/')))
    .sort();
}

const known = z.record(z.string(), z.int().positive());

/**
 * The numbers of builds by the source that they were made of, in `releases/sources.json`: what was checked and built once
 * need not be again. The ledger does not know of it, and nothing is lost with it.
 */
export class KnownSources {
  readonly #releases: string;
  readonly #file: string;

  constructor(releases: string) {
    this.#releases = releases;
    this.#file = join(releases, 'sources.json');
  }

  async find(source: string): Promise<number | undefined> {
    return (await this.#read())[source];
  }

  async note(source: string, build: number): Promise<void> {
    await mkdir(this.#releases, { recursive: true });
    await writeFile(this.#file, `${JSON.stringify({ ...(await this.#read()), [source]: build }, undefined, 2)}\n`);
  }

  async #read(): Promise<Readonly<Record<string, number>>> {
    try {
      return known.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      // It is not there, or it is none: then everything is built.
      return {};
    }
  }
}
