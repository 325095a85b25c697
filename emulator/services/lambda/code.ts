import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { InvalidZipFileException } from '@aws-sdk/client-lambda';
import { unzipSync } from 'fflate';
import { invalidParameter, tooLarge } from './errors.ts';

/** Lambda's quotas for a deployment package, in bytes. */
const ZIPPED_LIMIT = 52_428_800;
const UNZIPPED_LIMIT = 262_144_000;

/** A deployment package, unpacked. It is there as long as a version or an environment retains it. */
export interface CodePackage {
  /** What LAMBDA_TASK_ROOT names. */
  readonly directory: string;
  /** SHA-256 of the zip file, in base64. */
  readonly sha256: string;
  /** Size of the zip file, in bytes. */
  readonly size: number;
  retain(): void;
  release(): void;
}

interface Stored {
  readonly unpacked: Promise<void>;
  users: number;
}

/**
 * Unpacks deployment packages beneath a directory, each once: stacks that deploy the same bundle share it.
 * The directory is outside of any repository, or its `node_modules` would satisfy what a function did not bundle.
 */
export class CodeStore {
  readonly #root: string;
  readonly #stored = new Map<string, Stored>();

  constructor(root: string) {
    this.#root = root;
  }

  /** @throws InvalidParameterValueException, InvalidZipFileException or RequestTooLargeException. The caller retains the package. */
  async unpack(zip: Uint8Array): Promise<CodePackage> {
    if (zip.length > ZIPPED_LIMIT) throw tooLarge(`Request must be smaller than ${ZIPPED_LIMIT} bytes`);
    const hash = createHash('sha256').update(zip).digest();
    const name = hash.toString('hex').slice(0, 32);
    const directory = join(this.#root, name);
    const known = this.#stored.get(name);
    const stored = known ?? { unpacked: unpackInto(directory, zip), users: 0 };
    stored.users++;
    this.#stored.set(name, stored);
    const release = () => this.#release(name, directory, stored);
    await stored.unpacked.catch((error: unknown) => {
      release();
      throw error;
    });
    return { directory, sha256: hash.toString('base64'), size: zip.length, retain: () => stored.users++, release };
  }

  #release(name: string, directory: string, stored: Stored): void {
    stored.users--;
    if (stored.users > 0) return;
    this.#stored.delete(name);
    // What cannot be removed now (a file still open, on Windows) goes with the whole directory when the service closes.
    rm(directory, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function unpackInto(directory: string, zip: Uint8Array): Promise<void> {
  const files = Object.entries(read(zip)).filter(([name]) => !name.endsWith('/'));
  if (files.length === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
  for (const [name, bytes] of files) {
    const path = join(directory, normalize(name));
    if (!path.startsWith(directory + sep)) throw invalidZip(`The zip holds ${name}, which is outside of the package.`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes, { mode: 0o755 });
  }
}

function read(zip: Uint8Array): Record<string, Uint8Array> {
  let size = 0;
  const filter = ({ originalSize }: { originalSize: number }) => {
    size += originalSize;
    return size <= UNZIPPED_LIMIT;
  };
  const files = unzip(zip, filter);
  if (size > UNZIPPED_LIMIT) throw invalidParameter(`Unzipped size must be smaller than ${UNZIPPED_LIMIT} bytes`);
  return files;
}

function unzip(zip: Uint8Array, filter: (file: { originalSize: number }) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(zip, { filter });
  } catch {
    throw invalidZip('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
}

const invalidZip = (message: string) =>
  new InvalidZipFileException({ message, Message: message, Type: 'User', $metadata: {} });
