import type { ClientRequest, Agent as HttpAgent, RequestOptions } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { isIP } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { reasonOf } from '../../terminal/reason.ts';
import { type Connection, connectionTo, type EndpointInUse } from './connection.ts';

/** Not imported: an `import` of it reads all that the module exports, and Node.js loads a second HTTP client when `WebSocket` is read. */
const http = process.getBuiltinModule('node:http');
const https = process.getBuiltinModule('node:https');

/** Connections that are kept open between requests. */
export type ConnectionPool = HttpAgent | HttpsAgent;

export const connectionPool = ({ protocol }: Connection): ConnectionPool =>
  protocol === 'https:' ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });

/** Begins a request over a connection. With `node:http`, because `fetch` lets no caller name another host than it connects to. */
export function requestOver(connection: Connection, options: RequestOptions): ClientRequest {
  const { protocol, hostname, port, host } = connection;
  const headers = { ...(options.headers as Record<string, string> | undefined), host };
  const over = { ...options, protocol, hostname, port, headers };
  if (protocol === 'http:') {
    return http.request(over);
  }
  // The certificate is that of the endpoint, whatever host is asked for.
  return https.request({ ...over, servername: isIP(hostname) ? '' : hostname });
}

/** A connection that could not be made, or broke. It names host, port and cause. */
export class ConnectionFailed extends Error {
  override readonly name = 'ConnectionFailed';

  constructor({ hostname, port, host }: Connection, cause: unknown) {
    const where = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
    const isFor = host === where ? '' : `, asked for ${host}`;
    super(`Nothing answered at ${where}${isFor}: ${reasonOf(cause)}`, { cause });
  }
}

export interface FetchOptions {
  /** @default GET */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | null;
}

/**
 * Asks a function URL, or a page of the endpoint, as `fetch` does, over {@link connectionTo}. It follows no redirect.
 * @throws ConnectionFailed
 * @throws LeadsToAws
 * @throws the reason of an abort
 */
export async function fetchFrom(
  url: string | URL,
  asked: FetchOptions = {},
  endpoint?: EndpointInUse,
): Promise<Response> {
  const { method = 'GET', headers = {}, body, signal } = asked;
  signal?.throwIfAborted();
  const { pathname, search } = new URL(url);
  const connection = connectionTo(url, endpoint);
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const outgoing = requestOver(connection, {
    ...{ method, path: `${pathname}${search}`, ...(signal && { signal }) },
    headers: { ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
  });
  outgoing.once('error', reject);
  outgoing.once('response', (incoming) => {
    const { statusCode = 0, headersDistinct } = incoming;
    const answered = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    );
    const hasNoBody = statusCode === 204 || statusCode === 205 || statusCode === 304;
    buffer(incoming).then(
      (bytes) =>
        resolve(new Response(hasNoBody ? null : new Uint8Array(bytes), { status: statusCode, headers: answered })),
      reject,
    );
  });
  outgoing.end(body);
  try {
    return await promise;
  } catch (error) {
    signal?.throwIfAborted();
    throw new ConnectionFailed(connection, error);
  }
}
