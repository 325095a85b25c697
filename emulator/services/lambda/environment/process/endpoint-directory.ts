import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const prefix = 'lambda-';
/** What tells a directory of a living endpoint from one that was left behind. */
const aliveMark = 'alive';
/** The longest path that every system takes for a socket, in bytes. */
const socketPathBytes = 103;

/**
 * Where an endpoint unpacks code and has its environments' temporary directories. While its process lives, it answers
 * at a local socket in it; the system closes that however the process ends. A process id could not tell: it
 * is used again, and means nothing in another container that shares the directory.
 */
export class EndpointDirectory {
  /** Its real path: on macOS the temporary directory is behind a link. */
  readonly path = mkdtempSync(join(realpathSync.native(tmpdir()), prefix));
  readonly #server: Server = createServer((socket) => socket.destroy());

  constructor() {
    const mark = join(this.path, aliveMark);
    // Where the path is too long, the directory has no mark, and is never swept.
    if (Buffer.byteLength(mark) > socketPathBytes && process.platform !== 'win32') {
      return;
    }
    this.#server.on('error', () => undefined).listen(socketOf(this.path));
    this.#server.unref();
    if (process.platform === 'win32') {
      writeFileSync(mark, '');
    }
  }

  async remove(): Promise<void> {
    this.#server.close();
    await rm(this.path, { recursive: true, force: true, maxRetries: 3 });
  }

  /** For the end of the process, which closes the socket. */
  removeNow(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Windows has its local sockets in a place of their own. */
const socketOf = (directory: string): string =>
  process.platform === 'win32' ? `\\\\.\\pipe\\${basename(directory)}` : join(directory, aliveMark);

/**
 * Removes what endpoints left in the temporary directory that ended without a chance to do it themselves. It leaves alone what
 * a living endpoint has, what is another user's, and whatever bears no mark of an endpoint.
 */
export async function sweepEndpointDirectories(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const directories = names.filter((name) => name.startsWith(prefix)).map((name) => join(tmpdir(), name));
  await Promise.all(
    directories.map(async (directory) => {
      if (!(await isOurs(directory)) || (await hasOwner(directory))) {
        return;
      }
      // What cannot be removed now is the next start's to try.
      await rm(directory, { recursive: true, force: true }).catch(() => undefined);
    }),
  );
}

async function isOurs(directory: string): Promise<boolean> {
  try {
    const [itself] = await Promise.all([lstat(directory), lstat(join(directory, aliveMark))]);
    return itself.isDirectory() && (process.getuid === undefined || itself.uid === process.getuid());
  } catch {
    return false;
  }
}

/** The owner is gone where the connection is refused, or where Windows has no such pipe any more. In doubt it is there. */
function hasOwner(directory: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketOf(directory));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code !== 'ECONNREFUSED' && !(process.platform === 'win32' && code === 'ENOENT'));
    });
  });
}
