import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly cookie?: string | undefined;
}

export interface Answer {
  /** The HTTP status; 0 where there was no answer, or not all of it. */
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** Connections to a side, kept open, as many as there are requests at a time. */
export interface Line {
  /** Never throws for what the other end does or leaves undone. @throws the reason of an abort */
  ask(request: Request): Promise<Answer>;
  close(): void;
}

export interface LineOptions {
  /** Milliseconds without a byte after which nobody waits any more. @default 10000 */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

const NO_ANSWER: Answer = { status: 0, body: '', headers: {} };

/** Opens a line to a base URL. With `node:http`: it costs a third of what `fetch` does, and takes no turns in a queue. */
export function openLine(url: string, { patience = 10_000, signal }: LineOptions = {}): Line {
  const { hostname, port, protocol } = new URL(url);
  const isTls = protocol === 'https:';
  const agent = new (isTls ? TlsAgent : Agent)({ keepAlive: true });
  const send = ({ method, path, body, cookie }: Request): Promise<Answer> => {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const outgoing = (isTls ? tlsRequest : request)(
      {
        ...{ agent, hostname, port, method, path, timeout: patience },
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...(cookie !== undefined && { cookie }),
        },
        ...(signal && { signal }),
      },
      (incoming: IncomingMessage) => {
        const { statusCode: status = 0, headers } = incoming;
        text(incoming).then(
          (read) => resolve({ status, headers, body: read }),
          () => resolve(NO_ANSWER),
        );
      },
    );
    outgoing.once('timeout', () => outgoing.destroy());
    outgoing.once('error', () => resolve(NO_ANSWER));
    outgoing.end(body);
    return promise;
  };
  return {
    ask: async (asked) => {
      signal?.throwIfAborted();
      const answer = await send(asked);
      signal?.throwIfAborted();
      return answer;
    },
    close: () => agent.destroy(),
  };
}
