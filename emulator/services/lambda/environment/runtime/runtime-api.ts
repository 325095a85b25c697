import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusalOf } from '../../../../wire/authentication/gate.ts';
import { createServer } from '../../../../wire/node-http.ts';
import { readUpTo } from '../../../../wire/read-chunks.ts';
import { type ExtensionHost, serveExtension } from './extensions-api.ts';
import type { RuntimeEvent } from './invocation.ts';
import { isStreamed, receiveStream, responseLimit, type StreamReceiver } from './streamed-response.ts';

/** An environment, as its runtime sees it through the Runtime API. */
export interface Runtime extends ExtensionHost, StreamReceiver {
  /** The runtime is ready for an invocation, and is handed the next one when there is one. */
  next(deliver: (event: RuntimeEvent) => void): void;
  initError(payload: Buffer): void;
}

const path = /^\/([0-9a-f]+)\/2018-06-01\/runtime\/(init|invocation)\/(?:([^/]+)\/)?(next|response|error)$/;
const extensionPath = /^\/([0-9a-f]+)\/2020-01-01\/extension\/(.+)$/;

/**
 * The Lambda Runtime API over loopback HTTP ("Using the Lambda runtime API for custom runtimes"), and beside it the
 * Extensions API: one server for all environments, each of which has a path of its own in AWS_LAMBDA_RUNTIME_API. It listens from the first environment on.
 */
export class RuntimeApiServer {
  readonly #runtimes = new Map<string, Runtime>();
  // Environments keep one connection each, idle until they are invoked.
  readonly #server: Server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    this.#serve(request, response).catch(() => response.destroy());
  });
  #listening: Promise<number> | undefined;

  /** Resolves with what the runtime of an environment finds in AWS_LAMBDA_RUNTIME_API. */
  async register(id: string, runtime: Runtime): Promise<string> {
    this.#runtimes.set(id, runtime);
    this.#listening ??= new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () => resolve((this.#server.address() as AddressInfo).port));
    });
    return `127.0.0.1:${await this.#listening}/${id}`;
  }

  unregister(id: string): void {
    this.#runtimes.delete(id);
  }

  async close(): Promise<void> {
    if (!this.#listening) {
      return;
    }
    await this.#listening;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      return answer(response, 403, { errorType: 'AccessDeniedException', errorMessage: refusal });
    }
    const [, extended = '', extension = ''] = extensionPath.exec(request.url ?? '') ?? [];
    const host = this.#runtimes.get(extended);
    if (host) {
      return serveExtension(extension, host, request, response);
    }
    const [, id = '', phase, requestId = '', action] = path.exec(request.url ?? '') ?? [];
    const runtime = this.#runtimes.get(id);
    if (!runtime) {
      return answer(response, 403, { errorType: 'AccessDeniedException', errorMessage: 'Unknown environment' });
    }
    if (action === 'next') {
      return runtime.next((event) => deliver(response, event));
    }
    if (action === 'response' && isStreamed(request)) {
      await receiveStream(request, requestId, runtime);
      return answer(response, 202, { status: 'OK' });
    }
    const { body, bytes } = await readUpTo(responseLimit, request);
    if (phase === 'init') {
      runtime.initError(body);
    } else if (action === 'error') {
      runtime.error(requestId, body);
    } else if (bytes > responseLimit) {
      runtime.responseTooLarge(requestId, bytes);
      return answer(response, 413, {
        errorType: 'RequestEntityTooLarge',
        errorMessage: 'Exceeded maximum allowed payload size',
      });
    } else {
      runtime.response(requestId, body);
    }
    return answer(response, 202, { status: 'OK' });
  }
}

function deliver(response: ServerResponse, event: RuntimeEvent): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': event.payload.byteLength,
    'Lambda-Runtime-Aws-Request-Id': event.requestId,
    'Lambda-Runtime-Deadline-Ms': event.deadline,
    'Lambda-Runtime-Invoked-Function-Arn': event.invokedFunctionArn,
    'Lambda-Runtime-Trace-Id': event.traceId,
    ...(event.clientContext && { 'Lambda-Runtime-Client-Context': event.clientContext }),
  });
  response.end(event.payload);
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
