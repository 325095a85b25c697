import { createWriteStream } from 'node:fs';
import { mkdir, realpath, symlink } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { hostFault, invalidParameter } from '../errors.ts';

/** What a deployment package may hold unzipped, in bytes ("Lambda quotas"). */
const unzippedLimit = 262_144_000;
/** What Linux allows for one name between two slashes, in bytes. */
const nameLimit = 255;
/** What Linux allows for a path, in bytes: the target of a link is no longer. */
const pathLimit = 4096;
/** Device names of Windows, and characters that its file names cannot hold. */
const unknownToWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|[<>:"|?*]|[. ]$/i;
/** File types in the upper half of an entry's external attributes, as UNIX has them. */
const fileType = 0o170000;
const symbolicLink = 0o120000;
const newFile = { mode: 0o755, flags: 'wx' };
/** What the file system answers where the names of a package contradict each other, or are none. */
const nameErrors = ['EEXIST', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL', 'ENOENT', 'ELOOP'];

interface Link {
  readonly path: string;
  readonly target: string;
}

/**
 * Unzips a deployment package into a directory that is not there yet. Entries are inflated off the main thread, one after
 * the other; what they really inflate to counts, not what the zip says of them. Nothing is left outside of the
 * directory. Symbolic links within the package are kept, as on AWS.
 *
 * @throws InvalidParameterValueException where it is no such zip, with AWS's message and the reason; a ServiceException where
 * this machine could not take it
 */
export async function unzip(zip: Uint8Array, directory: string): Promise<void> {
  try {
    const file = await fromBufferPromise(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), {
      lazyEntries: true,
      strictFileNames: true,
    });
    await unpackEntries(file, directory);
  } catch (error) {
    throw refusal(error);
  }
}

async function unpackEntries(file: ZipFile, directory: string): Promise<void> {
  const links: Link[] = [];
  const directories = new Set<string>();
  let files = 0;
  let bytes = 0;
  for await (const entry of file.eachEntry()) {
    bytes += entry.uncompressedSize;
    if (bytes > unzippedLimit) {
      throw invalidParameter(`Unzipped size must be smaller than ${unzippedLimit} bytes`);
    }
    const path = pathOf(entry.fileName, directory);
    if (entry.fileName.endsWith('/')) {
      await mkdir(path, { recursive: true });
      continue;
    }
    files++;
    if (!directories.has(dirname(path))) {
      await mkdir(dirname(path), { recursive: true });
    }
    directories.add(dirname(path));
    if (isLink(entry)) {
      links.push({ path, target: await targetOf(entry, file) });
    }
    // It fails where the entry holds another number of bytes than was counted here.
    else {
      await pipeline(await file.openReadStreamPromise(entry), createWriteStream(path, newFile));
    }
  }
  if (files === 0) {
    throw invalidParameter('Uploaded file must be a non-empty zip');
  }
  // Last, so that nothing is written through one.
  for (const { path, target } of links) {
    await symlink(target, path);
  }
  for (const link of links) {
    await checkLink(link, directory);
  }
}

function pathOf(name: string, directory: string): string {
  const parts = name.split('/');
  if (name.includes('\0')) {
    throw new Error('A name holds a zero byte.');
  }
  if (parts.some((part) => Buffer.byteLength(part) > nameLimit)) {
    throw new Error(`A name is longer than ${nameLimit} bytes: ${name.slice(0, nameLimit)}...`);
  }
  if (process.platform === 'win32' && parts.some((part) => unknownToWindows.test(part))) {
    throw new Error(`Windows has no file of this name: ${name}`);
  }
  const path = join(directory, normalize(name));
  if (!isWithin(path, directory)) {
    throw new Error(`A name leads out of the package: ${name}`);
  }
  return path;
}

const isWithin = (path: string, directory: string): boolean => `${path}${sep}`.startsWith(`${directory}${sep}`);

const isLink = ({ externalFileAttributes }: Entry): boolean =>
  ((externalFileAttributes >>> 16) & fileType) === symbolicLink;

async function targetOf(entry: Entry, file: ZipFile): Promise<string> {
  if (entry.uncompressedSize > pathLimit) {
    throw new Error(`The link ${entry.fileName} has no path in it.`);
  }
  return text(await file.openReadStreamPromise(entry));
}

/** A link that leads out would be followed there, past what keeps a function to its own files. */
async function checkLink({ path }: Link, directory: string): Promise<void> {
  const to = await realpath(path).catch(() => undefined);
  if (to === undefined || !isWithin(to, directory)) {
    throw new Error(`A link leads to nothing that is in the package: ${path.slice(directory.length + 1)}`);
  }
}

function refusal(error: unknown): unknown {
  const { name, code = '', syscall, message } = error as NodeJS.ErrnoException;
  if (name === 'InvalidParameterValueException') {
    return error;
  }
  const ofFileSystem = syscall !== undefined;
  if (ofFileSystem && !nameErrors.includes(code)) {
    return hostFault('The package could not be unzipped on this machine', error as NodeJS.ErrnoException);
  }
  // What the file system says names paths of this machine.
  const reason = ofFileSystem ? 'Its names contradict each other, or are too long.' : message;
  return invalidParameter(
    `Could not unzip uploaded file. Please check your file, then try to upload again. (${reason})`,
  );
}
