import { randomInt, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { isLoopbackHost } from '../../client/endpoint/aws-hosts.ts';
import { UserError } from '../../terminal/user-error.ts';
import { snapshots } from '../snapshots.ts';
import { type Attendance, attendance, roomLimits } from './attendance.ts';

export const defaultRoomPort = 4580;

export interface RoomServer {
  /** Where the board is, on this machine alone. */
  readonly board: string;
  /** What attendees join: an address of this machine in each of its networks. */
  readonly addresses: readonly string[];
  /** What they must know to be let in. */
  readonly code: string;
  close(): Promise<void>;
}

/** What the page is made of. */
const files: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/board.js': { file: 'board.js', type: 'text/javascript; charset=utf-8' },
  '/board.css': { file: 'board.css', type: 'text/css; charset=utf-8' },
};

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/**
 * Opens a room: attendees' machines tell it where they stand, and its board shows that to the instructor. Whoever knows the
 * code may write an attendee's line; only this machine may read the board.
 * @throws UserError where the port cannot be had
 */
export async function openRoom(port: number): Promise<RoomServer> {
  const code = newCode();
  const attendees = new Map<string, Attendance>();
  const boards = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(port);
  await once(server, 'listening').catch(({ code: why, message }: NodeJS.ErrnoException) => {
    throw new UserError(
      why === 'EADDRINUSE' ? `Port ${port} is in use: is a room open already? Or give another: --port 0` : message,
    );
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    board: `http://127.0.0.1:${bound}/`,
    addresses: ownAddresses().map((address) => `http://${address}:${bound}`),
    code,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://room');
    const id = /^\/attendees\/([0-9a-f-]{36})$/.exec(pathname)?.[1];
    if (id !== undefined && request.method === 'PUT') {
      const status = await note(id, request);
      response.writeHead(status).end();
      return;
    }
    if (!isFromHere(request)) {
      response.writeHead(403).end('The board is shown on the machine of the instructor.\n');
      return;
    }
    if (pathname === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      boards.add(response);
      response.once('close', () => boards.delete(response));
      show(response);
      return;
    }
    const page = files[pathname];
    if (!page) {
      response.writeHead(404).end(`There is nothing at ${pathname}.\n`);
      return;
    }
    const headers = { 'content-type': page.type, 'content-security-policy': policy, 'cache-control': 'no-store' };
    response.writeHead(200, headers).end(await readFile(join(import.meta.dirname, 'board', page.file)));
  }

  /** The status to answer with. */
  async function note(id: string, request: IncomingMessage): Promise<number> {
    if (!isCode(request.headers.authorization, code)) {
      return 401;
    }
    const told = attendance.safeParse(await readJson(request));
    if (!told.success) {
      return 400;
    }
    if (!attendees.has(id) && attendees.size >= roomLimits.attendees) {
      return 429;
    }
    attendees.set(id, told.data);
    boards.forEach(show);
    return 204;
  }

  function show(board: ServerResponse): void {
    const lessons = snapshots.slice(1).map(({ slug, number, factor }) => ({ slug, number, factor }));
    const people = [...attendees.values()].sort((a, b) => a.name.localeCompare(b.name));
    board.write(`data: ${JSON.stringify({ lessons, people })}\n\n`);
  }
}

/** Easy to say aloud, and not to guess: 32 to the eighth. */
function newCode(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return Array.from({ length: 8 }, () => letters.charAt(randomInt(letters.length))).join('');
}

function isCode(authorization: string | undefined, code: string): boolean {
  const given = Buffer.from(authorization?.replace(/^Bearer /, '').toUpperCase() ?? '');
  return given.length === code.length && timingSafeEqual(given, Buffer.from(code));
}

/** Whether a request is from a page of this machine: not from another machine, nor a name that was made to lead here. */
function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const from = socket.remoteAddress ?? '';
  const host = `http://${headers.host}`;
  const isOwnName = URL.canParse(host) && isLoopbackHost(new URL(host).hostname);
  const site = headers['sec-fetch-site'];
  const isOwnPage = site === undefined || site === 'none' || site === 'same-origin';
  return isLoopbackHost(from.replace(/^::ffff:/, '')) && isOwnName && isOwnPage;
}

/** A body as JSON; undefined where it is none, or too long. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > roomLimits.bytes) {
      return undefined;
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The addresses of this machine that others can reach, IPv4 alone: they are read aloud. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((one) => one ?? [])
    .filter(({ address, internal }) => !internal && isIPv4(address))
    .map(({ address }) => address);
}
