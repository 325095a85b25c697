import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
    const directory = join(this.#root, name);
    const known = this.#stored.get(name);
    // Not the directory's name and more: Node's permission model mistakes the one for the other.
    const compiled = join(this.#root, `compiled-${name}`);
    const unpacked = () =>
      unzip(zip, directory).then(() =>
        Promise.all([writeFile(`${directory}.zip`, zip), mkdir(compiled, { recursive: true })]),
      );
    const stored = known ?? { unpacked: unpacked(), users: 0 };
    stored.users++;
    this.#stored.set(name, stored);
    const release = () => this.#release(name, [directory, compiled, `${directory}.zip`], stored);
    await stored.unpacked.catch((error: unknown) => {
      release();
      throw error;
    });
    const retain = () => stored.users++;
    return { directory, compiled, sha256: hash.toString('base64'), size: zip.length, name, retain, release };
  }

  /** The zip file of a package that is there. */
  async zipOf(name: string): Promise<Buffer | undefined> {
    return this.#stored.has(name) ? readFile(join(this.#root, `${name}.zip`)).catch(() => undefined) : undefined;
  }

  #release(name: string, paths: readonly string[], stored: Stored): void {
    stored.users--;
    if (stored.users > 0) {
      return;
    }
    this.#stored.delete(name);
    // What cannot be removed now (a file still open, on Windows) goes with the whole directory when the service closes.
    for (const path of paths) {
      rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}
