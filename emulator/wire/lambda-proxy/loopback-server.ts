import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { reportUnforeseen } from '../failure.ts';
import { createServer } from '../node-http.ts';
import { readUpTo } from '../read-chunks.ts';

/** What a client of a URL is answered. */
export interface UrlResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
  /** Sent in the place of a body, as it comes. Where it fails, the connection ends. */
  readonly pieces?: AsyncIterable<Uint8Array>;
}

/** What takes its own way to the client. */
export interface StreamedResponse {
  send(response: ServerResponse, requestId: string): Promise<void> | void;
}

export interface LoopbackServerOptions {
  /** What it is, where something goes wrong in it: `The function URL of f`. */
  readonly what: string;
  /** What is answered then, or where an answer is none that HTTP allows. */
  readonly onFault: UrlResponse;
  answer(request: IncomingMessage, requestId: string): Promise<UrlResponse | StreamedResponse>;
}

/** Longer than any client keeps an idle connection, so that no request meets a connection as it closes. */
const keepAliveMs = 75_000;

/** A URL of somebody's own: an HTTP server on a loopback port, since host names under localhost do not resolve everywhere. */
export class LoopbackServer {
  readonly #server: Server;
  #port = 0;

  private constructor({ what, onFault, answer }: LoopbackServerOptions) {
    this.#server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
      const requestId = randomUUID();
      answer(request, requestId)
        .catch((error: unknown) => {
          if (!request.errored) {
            reportUnforeseen(what, error);
          }
          return onFault;
        })
        .then((answered) =>
          'send' in answered ? answered.send(response, requestId) : send(response, answered, requestId, onFault),
        )
        .catch((error: unknown) => {
          reportUnforeseen(what, error);
          response.destroy();
        });
    });
  }

  /** Resolves when it answers. */
  static async open(options: LoopbackServerOptions): Promise<LoopbackServer> {
    const loopback = new LoopbackServer(options);
    await new Promise<void>((resolve, reject) => {
      loopback.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    loopback.#port = (loopback.#server.address() as AddressInfo).port;
    return loopback;
  }

  /** Without a slash at its end. */
  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** The body; undefined where it is larger than a limit in bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const { body, bytes } = await readUpTo(limit, request);
  return bytes <= limit ? body : undefined;
}

export const jsonAnswer = (
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): UrlResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

function send(
  response: ServerResponse,
  { status, headers, body, pieces }: UrlResponse,
  requestId: string,
  onFault: UrlResponse,
): void {
  // A body has no place in these answers, nor may its length be announced.
  const hasLength = status !== 204 && status !== 304 && !pieces;
  const length = hasLength ? { 'content-length': Buffer.byteLength(body) } : {};
  try {
    response.writeHead(status, { ...(headers as Record<string, string>), ...length, 'x-amzn-requestid': requestId });
    if (pieces) {
      response.flushHeaders();
      pipeline(pieces, response).catch(() => undefined);
    } else {
      response.end(body);
    }
  } catch {
    // The function named a header that HTTP does not allow. The reason is that of the status before.
    response.statusMessage = '';
    send(response, onFault, requestId, onFault);
  }
}
