import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { reasonOf } from '../../../terminal/reason.ts';
import { UserError } from '../../../terminal/user-error.ts';
import { LessonPages } from '../../pages/lesson-pages.ts';
import { RefusedBreak } from '../breaks/break.ts';
import { Floor, type Shown } from '../floor.ts';
import { scenes } from '../scenes.ts';
import { defaultFloorPort } from './floor-port.ts';
import { hasToken, refusalOf } from './guard.ts';
import { bundlePage, type PageFile } from './page-files.ts';
import { Pages } from './pages.ts';
import { breakRequest } from './requests.ts';

/** Not imported: an `import` reads all that the module exports, and Node.js loads a second HTTP client when `WebSocket` is read. */
const { createServer } = process.getBuiltinModule('node:http');

const longestBody = 1_000;
const thisRepository = join(import.meta.dirname, '..', '..', '..');

/** Nothing but the page's own files, and no markup made of text. */
const policy = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ...["require-trusted-types-for 'script'", "trusted-types 'none'"],
].join('; ');

const headers = {
  'cache-control': 'no-store',
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Somebody else listens there. */
export class PortInUse extends UserError {
  override readonly name = 'PortInUse';

  constructor(port: number) {
    super(
      `Port ${port} is in use, perhaps by another floor. Close that one, or choose a port: --port 0 takes any that is free.`,
    );
  }
}

export interface FloorServerOptions {
  readonly endpoint: string;
  /** What is shown, one or two. */
  readonly snapshots: readonly Shown[];
  /** New customers a second to begin with. */
  readonly traffic: number;
  /** The loopback port; 0 for any that is free. @default - the usual one, or where that is in use, any that is free */
  readonly port?: number;
  /** The repository whose lessons are shown. @default - this one */
  readonly repository?: string;
}

export interface FloorServer {
  readonly url: string;
  readonly floor: Floor;
  /** Takes back what was broken, and ends. */
  close(): Promise<void>;
}

/** Opens the floor on a loopback port. @throws PortInUse where the one that was asked for is */
export async function openFloor({ port, ...options }: FloorServerOptions): Promise<FloorServer> {
  return await openAt(port ?? defaultFloorPort, options).catch((error: unknown) => {
    if (port === undefined && error instanceof PortInUse) {
      return openAt(0, options);
    }
    throw error;
  });
}

async function openAt(
  port: number,
  { repository = thisRepository, ...options }: Omit<FloorServerOptions, 'port'>,
): Promise<FloorServer> {
  const token = randomBytes(24).toString('base64url');
  const pages = new Pages();
  const files = bundlePage(token);
  const lessons = new LessonPages({ repository });
  const floor = new Floor({
    ...options,
    onFrame: (frame) => pages.send(frame),
    isWatched: () => pages.count > 0,
  });
  const server = createServer((request, response) => {
    answer({ request, response, files, floor, pages, lessons, token }).catch((error: unknown) =>
      say(response, 500, reasonOf(error)),
    );
  });
  const close = async () => {
    pages.close();
    server.close();
    server.closeAllConnections();
    await Promise.all([floor.close(), lessons.close()]);
  };
  try {
    server.listen(port, '127.0.0.1');
    await Promise.all([once(server, 'listening'), files]);
  } catch (error) {
    await close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new PortInUse(port);
    }
    throw error;
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, floor, close };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly files: Promise<ReadonlyMap<string, PageFile>>;
  readonly floor: Floor;
  readonly pages: Pages;
  readonly lessons: LessonPages;
  readonly token: string;
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, files, floor, pages, lessons, token } = exchange;
  const refusal = refusalOf(request);
  if (refusal) {
    return say(response, 403, refusal);
  }
  if (await lessons.answer({ request, response, token, headers })) {
    return;
  }
  const { pathname } = new URL(request.url ?? '/', 'http://floor');
  if (pathname === '/do') {
    return request.method === 'POST' ? await change(exchange) : say(response, 405, 'POST only.');
  }
  if (request.method !== 'GET') {
    return say(response, 405, 'GET only.');
  }
  if (pathname === '/events') {
    return pages.isFull ? say(response, 503, 'Too many pages are open.') : pages.add(response, floor.whole(), headers);
  }
  if (pathname === '/scenes') {
    return send(response, 200, { contentType: 'application/json', body: JSON.stringify(scenes) });
  }
  const file = (await files).get(pathname);
  return file ? send(response, 200, file) : say(response, 404, `There is no ${pathname}.`);
}

async function change({ request, response, floor, token }: Exchange): Promise<void> {
  if (!hasToken(request, token)) {
    return say(response, 403, 'Only the page of the floor may do that. Load it again.');
  }
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > longestBody) {
      return say(response, 413, 'The request is too long.');
    }
  }
  const asked = breakRequest.safeParse(jsonIn(text));
  if (!asked.success) {
    return say(response, 400, 'That is nothing that the floor can do.');
  }
  try {
    await floor.do(asked.data);
    return send(response, 200, { contentType: 'application/json', body: '{}' });
  } catch (error) {
    return say(response, error instanceof RefusedBreak ? 409 : 502, reasonOf(error));
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const say = (response: ServerResponse, status: number, error: string): void =>
  send(response, status, { contentType: 'application/json', body: JSON.stringify({ error }) });

function send(response: ServerResponse, status: number, { contentType, body }: PageFile): void {
  if (!response.headersSent) {
    response.writeHead(status, { ...headers, 'content-type': contentType });
    response.end(body);
  }
}
