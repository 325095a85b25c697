import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const listen = '0A';

/** The process that listens on a port, as `node, process 123`; undefined where none does, or the system does not say. */
export async function holderOf(port: number): Promise<string | undefined> {
  try {
    return process.platform === 'linux' ? await fromProc(port) : await fromLsof(port);
  } catch {
    return undefined;
  }
}

/** Whose file descriptors hold the port's socket (proc(5), `/proc/net/tcp`). Of other users it is not told. */
async function fromProc(port: number): Promise<string | undefined> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const inode = tables
    .flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)))
    .find(
      ([, local = '', , state]) => state === listen && Number.parseInt(local.split(':')[1] ?? '', 16) === port,
    )?.[9];
  if (inode === undefined) {
    return undefined;
  }
  for (const processId of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const descriptors = await readdir(`/proc/${processId}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${processId}/fd/${descriptor}`).catch(() => '');
      if (target !== `socket:[${inode}]`) {
        continue;
      }
      return `${(await readFile(`/proc/${processId}/comm`, 'utf8')).trim()}, process ${processId}`;
    }
  }
  return undefined;
}

/** `lsof -F` prints a field a line: `p` is the process, `c` its command. */
async function fromLsof(port: number): Promise<string | undefined> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const field = (letter: string) => new RegExp(`^${letter}(.+)$`, 'm').exec(stdout)?.[1];
  return `${field('c')}, process ${field('p')}`;
}
