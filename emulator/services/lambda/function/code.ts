import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { tooLarge } from '../errors.ts';
import { unzip } from './unzip.ts';

/** What a deployment package may hold zipped, in bytes ("Lambda quotas"). */
const zippedLimit = 52_428_800;

/** A deployment package, unpacked. It is there as long as a version or an environment retains it. */
export interface CodePackage {
  /** What LAMBDA_TASK_ROOT names. */
  readonly directory: string;
  /**
   * Directory in which environments keep what V8 made of this code, and of no other. It grows to about the size of the code, and
   * goes with the package.
   */
  readonly compiled: string;
  /** SHA-256 of the zip file, in base64. */
  readonly sha256: string;
  /** Size of the zip file, in bytes. */
  readonly size: number;
  /** The name by which {@link CodePackages.zipOf} finds it. */
  readonly name: string;
  retain(): void;
  release(): void;
}

interface Stored {
  /** Of this unpacking alone: what was released before may be on its way out still. */
  readonly directory: string;
  readonly unpacked: Promise<unknown>;
  users: number;
}

/**
 * Unpacks deployment packages beneath a directory, each once: stacks that deploy the same bundle share it.
 * The directory is outside of any repository, or its `node_modules` would satisfy what a function did not bundle.
 */
export class CodePackages {
  readonly #root: string;
  readonly #stored = new Map<string, Stored>();
  #unpacked = 0;

  constructor(root: string) {
    this.#root = root;
  }

  /** @throws InvalidParameterValueException or RequestTooLargeException. The caller retains the package. */
  async unpack(zip: Uint8Array): Promise<CodePackage> {
    if (zip.length > zippedLimit) {
      throw tooLarge(`Request must be smaller than ${zippedLimit} bytes`);
    }
    const hash = createHash('sha256').update(zip).digest();
    const name = hash.toString('hex').slice(0, 32);
    const stored = this.#stored.get(name) ?? this.#store(name, zip);
    stored.users++;
    const { directory } = stored;
    const release = () => this.#release(name, stored);
    await stored.unpacked.catch((error: unknown) => {
      release();
      throw error;
    });
    const retain = () => stored.users++;
    const compiled = compiledIn(directory);
    return { directory, compiled, sha256: hash.toString('base64'), size: zip.length, name, retain, release };
  }

  /** The zip file of a package that is there. */
  async zipOf(name: string): Promise<Buffer | undefined> {
    const stored = this.#stored.get(name);
    return stored ? readFile(zipFileOf(stored.directory)).catch(() => undefined) : undefined;
  }

  #store(name: string, zip: Uint8Array): Stored {
    this.#unpacked++;
    const directory = join(this.#root, `${this.#unpacked}-${name}`);
    const unpacked = unzip(zip, directory).then(() =>
      Promise.all([writeFile(zipFileOf(directory), zip), mkdir(compiledIn(directory), { recursive: true })]),
    );
    const stored = { directory, unpacked, users: 0 };
    this.#stored.set(name, stored);
    return stored;
  }

  #release(name: string, stored: Stored): void {
    stored.users--;
    if (stored.users > 0) {
      return;
    }
    this.#stored.delete(name);
    // What cannot be removed now (a file still open, on Windows) goes with the whole directory when the service closes.
    for (const path of [stored.directory, compiledIn(stored.directory), zipFileOf(stored.directory)]) {
      rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

const zipFileOf = (directory: string): string => `${directory}.zip`;

/** Not the directory's name and more: Node's permission model mistakes the one for the other. */
const compiledIn = (directory: string): string => join(dirname(directory), `compiled-${basename(directory)}`);
