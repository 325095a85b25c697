import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { eventOf, writeAnswer } from './http-event.ts';
import { processContext } from './process-context.ts';

/** A handler for a function URL (payload format 2.0), such as `httpFunction` makes. */
export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export interface HttpServerOptions {
  /** The port to listen on; 0 is any that is free. */
  readonly port: number;
  /** The address to listen on. @default '127.0.0.1', this machine only */
  readonly host?: string;
  /** Milliseconds that a handler may take for one request. @default 30000 */
  readonly timeLimitMs?: number;
}

/** A handler that listens on a port. */
export interface HttpServer {
  readonly url: string;
  /**
   * Stops accepting connections, lets the requests in hand be answered, and resolves when all connections are closed:
   * `true` if every request was answered, `false` if some were cut off because they took longer than `withinMs`.
   */
  close(withinMs?: number): Promise<boolean>;
}

/** The largest body, in bytes: what fits into the event of a function. */
const bodyLimitBytes = 6 * 1024 * 1024;

const tooLarge = problem(413, 'Content Too Large', `The body is larger than ${bodyLimitBytes} bytes.`);
const badAnswer = problem(502, 'Bad Gateway', 'Something went wrong on our side.');

/**
 * Serves a handler over HTTP: a function URL in a process of one's own. Paths, methods and errors are the handler's
 * business; only what never reaches it is answered here (413, and 502 for a handler that throws or answers nonsense).
 *
 * @throws What `listen` fails with: EADDRINUSE, EACCES, EADDRNOTAVAIL.
 */
export async function serveHttp(handler: HttpHandler, options: HttpServerOptions): Promise<HttpServer> {
  const { port, host = '127.0.0.1', timeLimitMs = 30_000 } = options;
  let closing = false;
  /** Connections on which nothing was asked yet, as browsers open them ahead; Node does not take them for idle. */
  const unused = new Set<Socket>();
  const server = createServer((request, response) => {
    unused.delete(request.socket);
    // A connection that is kept open for more would keep the server open, too.
    response.once('close', () => closing && server.closeIdleConnections());
    answer(handler, request, timeLimitMs).then(
      (result) => send(response, result, closing),
      // The client went away before it had sent everything.
      () => response.destroy(),
    );
  });
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}/`,
    async close(withinMs = 15_000) {
      closing = true;
      let answered = true;
      const closed = once(server, 'close');
      server.close();
      for (const socket of unused) {
        socket.destroy();
      }
      const deadline = setTimeout(() => {
        answered = false;
        server.closeAllConnections();
      }, withinMs);
      await closed;
      clearTimeout(deadline);
      return answered;
    },
  };
}

async function answer(
  handler: HttpHandler,
  request: IncomingMessage,
  timeLimitMs: number,
): Promise<APIGatewayProxyStructuredResultV2> {
  const body = await readBody(request);
  if (!body) {
    return tooLarge;
  }
  const requestId = randomUUID();
  try {
    return await handler(eventOf(request, body, requestId), processContext(requestId, timeLimitMs));
  } catch (error) {
    console.error(error);
    return badAnswer;
  }
}

/** The body; undefined where it is too large. It is read to its end all the same, or the client would not hear the answer. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimitBytes) {
      chunks.push(chunk);
    }
  }
  return size <= bodyLimitBytes ? Buffer.concat(chunks) : undefined;
}

function send(response: ServerResponse, result: APIGatewayProxyStructuredResultV2, closing: boolean): void {
  response.shouldKeepAlive &&= !closing;
  try {
    writeAnswer(response, result);
  } catch (error) {
    console.error(error);
    for (const name of response.getHeaderNames()) {
      response.removeHeader(name);
    }
    writeAnswer(response, badAnswer);
  }
}

function problem(status: number, title: string, detail: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: 'about:blank', title, status, detail }),
  };
}
