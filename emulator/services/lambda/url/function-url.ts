import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TooManyRequestsException } from '@aws-sdk/client-lambda';
import type { AccessKeys } from '../../../wire/authentication/access-keys.ts';
import { Authentication, claimOf } from '../../../wire/authentication/authentication.ts';
import { reportUnforeseen } from '../../../wire/failure.ts';
import { headOf } from '../../../wire/http.ts';
import { AwsError, type Caller, type Region } from '../../../wire/operation.ts';
import type { FunctionUrl, FunctionUrlConfig } from '../function/function.ts';
import type { FunctionReference } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';
import { allowsAnybody } from '../function/resource-policy.ts';
import { type Invoker, synchronousLimit } from '../invocation/invoker.ts';
import { corsHeaders, isCorsHeader, isPreflight } from './function-url-cors.ts';
import { eventOf, responseOf, type UrlResponse } from './function-url-event.ts';

export interface FunctionUrlDeps {
  readonly region: Region;
  readonly functions: Functions;
  readonly invoker: Invoker;
  readonly accessKeys: AccessKeys;
}

/** Longer than any client keeps an idle connection, so that no request meets a connection as it closes. */
const keepAliveMs = 75_000;

/**
 * The URL of a function or an alias: an HTTP server on a loopback port of its own, as long as the URL exists. On AWS a
 * URL is a host name; host names under localhost do not resolve everywhere. Responses are buffered, not streamed.
 */
export class FunctionUrlServer implements FunctionUrl {
  readonly creationTime = new Date();
  lastModified = this.creationTime;
  config: FunctionUrlConfig;
  readonly #id = randomBytes(16).toString('hex');
  readonly #reference: FunctionReference;
  readonly #deps: FunctionUrlDeps;
  readonly #server: Server;
  readonly #authentication: Authentication;
  #port = 0;

  private constructor(reference: FunctionReference, config: FunctionUrlConfig, deps: FunctionUrlDeps) {
    this.#reference = reference;
    this.config = config;
    this.#deps = deps;
    this.#authentication = new Authentication(deps.accessKeys);
    this.#server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
      const requestId = randomUUID();
      this.#answer(request, requestId)
        .catch((error: unknown) => {
          if (!request.errored) {
            reportUnforeseen(`The function URL of ${reference.name}`, error);
          }
          return badGateway;
        })
        .then((answer) => send(response, answer, requestId));
    });
  }

  /** Resolves when the URL answers. */
  static async open(
    reference: FunctionReference,
    config: FunctionUrlConfig,
    deps: FunctionUrlDeps,
  ): Promise<FunctionUrlServer> {
    const url = new FunctionUrlServer(reference, config, deps);
    await new Promise<void>((resolve, reject) => {
      url.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    url.#port = (url.#server.address() as AddressInfo).port;
    return url;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, requestId: string): Promise<UrlResponse> {
    const { cors } = this.config;
    const body = await readBody(request);
    if (cors && isPreflight(request)) {
      return { status: 200, headers: corsHeaders(cors, request), body: '' };
    }
    const answer = await this.#invoke(request, body, requestId);
    if (!cors) {
      return answer;
    }
    const own = Object.entries(answer.headers).filter(([name]) => !isCorsHeader(name));
    return { ...answer, headers: { ...Object.fromEntries(own), ...corsHeaders(cors, request) } };
  }

  async #invoke(request: IncomingMessage, body: Buffer | undefined, requestId: string): Promise<UrlResponse> {
    if (!body) {
      return tooLarge;
    }
    const admitted = this.config.authType === 'AWS_IAM' ? this.#authenticate(request, body) : this.#admitAnybody();
    if ('status' in admitted) {
      return admitted;
    }
    const { caller } = admitted;
    const { accountId } = this.#deps.region;
    const payload = eventOf(request, body, { urlId: this.#id, accountId, requestId, caller });
    if (payload.length > synchronousLimit) {
      return tooLarge;
    }
    try {
      const invoked = await this.#deps.invoker.invoke(this.#reference, { requestId, payload });
      return (invoked.functionError ? undefined : responseOf(invoked.payload)) ?? badGateway;
    } catch (error) {
      if ((error as Error).name !== 'TooManyRequestsException') {
        return badGateway;
      }
      const { Reason, message } = error as TooManyRequestsException;
      return json(429, { Reason, Type: 'User', message }, { 'retry-after': '1' });
    }
  }

  /** Anybody, where the function's policy lets anybody in. */
  #admitAnybody(): UrlResponse | { readonly caller: undefined } {
    const owner = this.#deps.functions.get(this.#reference);
    const policy = owner.policies.get(this.#reference.qualifier ?? '');
    const open = allowsAnybody(policy, 'lambda:InvokeFunctionUrl') && allowsAnybody(policy, 'lambda:InvokeFunction');
    return open ? { caller: undefined } : forbidden;
  }

  /** Whoever signed for Lambda. What the caller may do is not looked at. */
  #authenticate(request: IncomingMessage, body: Buffer): UrlResponse | { readonly caller: Caller } {
    const head = headOf(request);
    try {
      const claim = claimOf(head);
      if (claim.scope.service !== 'lambda') {
        return forbidden;
      }
      return { caller: this.#authentication.authenticate(claim, head, body).caller };
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      return error.name === 'MissingAuthenticationTokenException' ? forbidden : refusedSignature(error);
    }
  }
}

const json = (status: number, body: object, headers: Record<string, string> = {}): UrlResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const badGateway: UrlResponse = {
  status: 502,
  headers: { 'content-type': 'text/plain' },
  body: 'Internal Server Error',
};
const tooLarge = json(413, { Message: 'Request Entity Too Large' });
const forbidden = json(
  403,
  {
    Message:
      'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  },
  { 'x-amzn-errortype': 'AccessDeniedException' },
);

const refusedSignature = ({ name, message }: AwsError): UrlResponse =>
  json(403, { Message: message }, { 'x-amzn-errortype': name });

/** The body; undefined where it is larger than an event can be. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= synchronousLimit) {
      chunks.push(chunk);
    }
  }
  return size <= synchronousLimit ? Buffer.concat(chunks) : undefined;
}

function send(response: ServerResponse, { status, headers, body }: UrlResponse, requestId: string): void {
  // A body has no place in these answers, nor may its length be announced.
  const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) };
  try {
    response.writeHead(status, { ...(headers as Record<string, string>), ...length, 'x-amzn-requestid': requestId });
    response.end(body);
  } catch {
    // The function named a header that HTTP does not allow. The reason is that of the status before.
    response.statusMessage = '';
    send(response, badGateway, requestId);
  }
}
