import { readdir, readFile, readlink } from 'node:fs/promises';
import { isLoopbackHost } from '../../client/endpoint/aws-hosts.ts';

/** The process that listens where an endpoint is; undefined where it is on another machine, another user's, or the system is not Linux. */
export async function listeningProcess(url: string): Promise<number | undefined> {
  const { hostname, port, protocol } = new URL(url);
  if (!isLoopbackHost(hostname)) {
    return undefined;
  }
  const sockets = await listeningSockets(Number(port || (protocol === 'https:' ? 443 : 80)));
  const processes = await readdir('/proc').catch(() => []);
  for (const pid of processes.filter((name) => /^\d+$/.test(name))) {
    if ((await openFiles(pid)).some((file) => sockets.has(file))) {
      return Number(pid);
    }
  }
  return undefined;
}

/** As `/proc/PID/fd` names them. In `/proc/net/tcp` (proc_pid_net(5)) an address is `HOST:PORT` in hexadecimal, and 0A is LISTEN. */
async function listeningSockets(port: number): Promise<Set<string>> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((table) => readFile(`/proc/net/${table}`, 'utf8').catch(() => '')),
  );
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(1));
  const fields = rows.map((row) => row.trim().split(/\s+/));
  const listening = fields.filter(
    ([, local = '', , state]) => state === '0A' && Number.parseInt(local.split(':')[1] ?? '', 16) === port,
  );
  return new Set(listening.map((row) => `socket:[${row[9]}]`));
}

async function openFiles(pid: string): Promise<string[]> {
  const directory = `/proc/${pid}/fd`;
  const names = await readdir(directory).catch(() => []);
  return await Promise.all(names.map((name) => readlink(`${directory}/${name}`).catch(() => '')));
}
