import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { AccessKeys } from './wire/authentication/access-keys.ts';
import { Authentication, type Claim, claimedService, claimOf } from './wire/authentication/authentication.ts';
import { refusalOf } from './wire/authentication/gate.ts';
import { calledOperation } from './wire/called-operation.ts';
import { failureOf, reportUnforeseen } from './wire/failure.ts';
import { decodeBody, headOf, type RequestHead, readBody, type WireAnswer, type WireRequest } from './wire/http.ts';
import { createServer } from './wire/node-http.ts';
import { AwsError, type Call, type Caller } from './wire/operation.ts';
import { protocolOf } from './wire/protocols/protocol-of-request.ts';
import { inputOf, nameOf } from './wire/schema.ts';
import { findService, type Service, type ServiceModel, type Services, unknownService } from './wire/service.ts';
import { validate } from './wire/validate.ts';

/** What the endpoint serves beside the AWS APIs, without a signature, below a path of its own. */
export interface Page {
  /** How the paths begin that it answers. */
  readonly path: string;
  /** Which requests below its path it answers. @default - all */
  readonly answers?: (head: RequestHead) => boolean;
  answer(request: WireRequest): Promise<WireAnswer | StreamedAnswer> | WireAnswer | StreamedAnswer;
}

/** An answer that goes on after its headers. */
export interface StreamedAnswer extends Pick<WireAnswer, 'headers' | 'status'> {
  /** Is given the connection once the headers are sent, and ends it. */
  readonly stream: (outgoing: ServerResponse) => void;
}

/** What a resource that pages of other origins may use answers them. */
export interface CrossOrigin {
  /** Added to the answer of the request. */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer where a browser only asks whether it may ask. */
  readonly preflight?: WireAnswer;
}

export interface GatewayOptions {
  /** The services of a region by their signing names, once the region is ready. */
  readonly services: (region: string) => Promise<Services>;
  readonly accessKeys: AccessKeys;
  /** Whether a page of another origin may send a request, because who holds the resource has said so. @default - none may */
  readonly crossOrigin?: (head: RequestHead) => Promise<CrossOrigin | undefined> | CrossOrigin | undefined;
  /** A request goes to the first whose path it has. */
  readonly pages: readonly Page[];
  /** Host names, beside those of the loopback interface, by which the endpoint may be reached. @default none */
  readonly hosts?: readonly string[];
  /** Told of every call before it is served, as `sqs:SendMessage`. */
  readonly onCall?: (operation: string) => void;
  /** May keep a call waiting before it is served, or throw the error that it is to fail with. */
  readonly beforeCall?: (operation: string, call: Call, model: ServiceModel) => Promise<void>;
}

/** Longer than any client keeps an idle connection, so that no request meets a connection as it closes. */
const keepAliveMs = 75_000;
/** No page is sent more than a few kilobytes. */
const pageBodyLimit = 1024 * 1024;

/**
 * The one door of the endpoint: every call of every service passes through here. Whatever serving a request throws is the
 * failure of that request alone.
 */
export function createGateway(options: GatewayOptions): Server {
  const authentication = new Authentication(options.accessKeys);
  return createServer({ keepAliveTimeout: keepAliveMs }, async (incoming, outgoing) => {
    const requestId = randomUUID();
    try {
      send(outgoing, await answer(incoming, outgoing, requestId, options, authentication), requestId);
    } catch (error) {
      if (incoming.errored || outgoing.destroyed) {
        return;
      }
      reportUnforeseen(`${incoming.method} ${incoming.url?.split('?', 1)[0]}`, error);
      if (outgoing.headersSent) {
        outgoing.destroy();
      } else {
        send(outgoing, plain(500, 'InternalFailure: the endpoint says more on its stderr.'), requestId);
      }
    }
  });
}

function send(outgoing: ServerResponse, answered: WireAnswer | StreamedAnswer, requestId: string): void {
  if ('stream' in answered) {
    outgoing.writeHead(answered.status, { ...answered.headers, 'x-amzn-requestid': requestId }).flushHeaders();
    answered.stream(outgoing);
    return;
  }
  const { status, headers, body, pieces } = answered;
  if (pieces) {
    outgoing.writeHead(status, { ...headers, 'x-amzn-requestid': requestId }).flushHeaders();
    // Where the client goes, or what makes the pieces fails, the connection ends: it is seen that something is missing.
    pipeline(pieces, outgoing).catch(() => undefined);
    return;
  }
  const { 'content-length': length = String(Buffer.byteLength(body)), ...others } = headers;
  // Once Node knows a length it takes a content-disposition for UTF-8, so the length comes last.
  outgoing.writeHead(status, { ...others, 'x-amzn-requestid': requestId, 'content-length': length });
  // Text goes out in one piece with the head.
  outgoing.end(body);
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  requestId: string,
  options: GatewayOptions,
  authentication: Authentication,
): Promise<WireAnswer | StreamedAnswer> {
  const head = headOf(incoming);
  const crossOrigin = head.headers.origin === undefined ? undefined : await options.crossOrigin?.(head);
  const refusal = refusalOf(incoming, options.hosts, crossOrigin !== undefined);
  if (refusal !== undefined) {
    return plain(403, refusal);
  }
  if (crossOrigin?.preflight) {
    return crossOrigin.preflight;
  }
  const page = options.pages.find(({ path, answers }) => head.path.startsWith(path) && (answers?.(head) ?? true));
  if (page) {
    return answerPage(page, head, incoming);
  }
  const serving = new Serving(head, requestId, outgoing, options, authentication);
  const answered = forBrowser(head, await serving.answer(incoming));
  return crossOrigin ? { ...answered, headers: { ...answered.headers, ...crossOrigin.headers } } : answered;
}

async function answerPage(
  page: Page,
  head: RequestHead,
  incoming: IncomingMessage,
): Promise<WireAnswer | StreamedAnswer> {
  try {
    return await page.answer({ ...head, body: await readBody(incoming, pageBodyLimit) });
  } catch (error) {
    if (!(error instanceof AwsError)) {
      throw error;
    }
    return plain(error.status, error.message);
  }
}

/** An object of S3 may be a document of anybody's: in a browser it is not one of the endpoint's own pages. */
function forBrowser({ headers }: RequestHead, answered: WireAnswer): WireAnswer {
  if (headers['sec-fetch-site'] === undefined) {
    return answered;
  }
  const policy = 'sandbox allow-downloads allow-forms allow-modals allow-popups allow-scripts';
  return { ...answered, headers: { ...answered.headers, 'content-security-policy': policy } };
}

/** One call: what is known of it so far decides how it is answered if it fails. */
class Serving {
  readonly #head: RequestHead;
  readonly #requestId: string;
  readonly #outgoing: ServerResponse;
  readonly #options: GatewayOptions;
  readonly #authentication: Authentication;
  /** The service's, once it is found. */
  #model: ServiceModel | undefined;
  /** The operation, or the service where that is all that is known. */
  #called = 'The request';

  constructor(
    head: RequestHead,
    requestId: string,
    outgoing: ServerResponse,
    options: GatewayOptions,
    authentication: Authentication,
  ) {
    this.#head = head;
    this.#requestId = requestId;
    this.#outgoing = outgoing;
    this.#options = options;
    this.#authentication = authentication;
  }

  async answer(incoming: IncomingMessage): Promise<WireAnswer> {
    try {
      const claim = claimOf(this.#head);
      const service = await this.#service(incoming, claim);
      const { request, call } = await this.#accept(incoming, claim, service.model);
      return await this.#serve(service, request, call);
    } catch (error) {
      if (incoming.errored) {
        throw error;
      }
      const model = this.#model ?? unknownService(claimedService(this.#head));
      const failure = failureOf(error, model, this.#called);
      return protocolOf(this.#head, model).fail(failure, model, this.#requestId);
    }
  }

  async #service(incoming: IncomingMessage, { scope }: Claim): Promise<Service> {
    const services = await this.#options.services(scope.region);
    const service = await findService(services, serviceNameOf(scope.service, this.#head));
    if (!service) {
      const called = calledOperation(this.#head, await readBody(incoming, unknownService().bodyLimit));
      const message = `${scope.service}:${called} is not served by this endpoint: there is no service ${scope.service}.`;
      throw new AwsError('NotImplemented', message, 501);
    }
    this.#model = service.model;
    this.#called = service.model.signingName;
    return service;
  }

  async #accept(
    incoming: IncomingMessage,
    claim: Claim,
    { bodyLimit }: ServiceModel,
  ): Promise<{ request: WireRequest; call: Call }> {
    const body = await readBody(incoming, bodyLimit);
    const { caller, verifyChunks } = this.#authentication.authenticate(claim, this.#head, body);
    const request = await decodeBody(this.#head, body, bodyLimit, verifyChunks);
    return { request, call: new GatewayCall(this.#requestId, caller, claim.scope.region, this.#head, this.#outgoing) };
  }

  async #serve({ model, handlers, mounted }: Service, request: WireRequest, call: Call): Promise<WireAnswer> {
    const { onCall, beforeCall } = this.#options;
    const protocol = protocolOf(request, model);
    const operation = protocol.operation(model, request);
    if (!operation) {
      const called = `${model.signingName}:${calledOperation(request, request.body)}`;
      throw new AwsError('UnknownOperationException', `${called}: there is no such operation.`, 404);
    }
    const name = nameOf(operation);
    this.#called = `${model.signingName}:${name}`;
    onCall?.(this.#called);
    await beforeCall?.(this.#called, call, model);
    const handler = handlers[name];
    if (!handler && mounted) {
      return await mounted(name, request, call);
    }
    if (!handler) {
      throw new AwsError('NotImplemented', `${this.#called} is not served by this endpoint.`, 501);
    }
    const input = await protocol.decode(operation, request, model).catch((error: Error) => {
      throw error instanceof AwsError ? error : new AwsError('SerializationException', error.message);
    });
    validate(inputOf(operation), input);
    return protocol.encode(operation, await handler(input as never, call), model, call.requestId);
  }
}

class GatewayCall implements Call {
  readonly requestId: string;
  readonly caller: Caller;
  readonly region: string;
  readonly traceHeader: string | undefined;
  readonly #outgoing: ServerResponse;
  #gone: AbortController | undefined;

  constructor(requestId: string, caller: Caller, region: string, { headers }: RequestHead, outgoing: ServerResponse) {
    this.requestId = requestId;
    this.caller = caller;
    this.region = region;
    this.traceHeader = headers['x-amzn-trace-id']?.toString();
    this.#outgoing = outgoing;
  }

  /** Made when it is first asked for: few calls wait for anything. */
  get signal(): AbortSignal {
    this.#gone ??= goneFrom(this.#outgoing);
    return this.#gone.signal;
  }
}

/** Aborts when a client goes away before it has its answer. */
function goneFrom(outgoing: ServerResponse): AbortController {
  const gone = new AbortController();
  const abortUnlessAnswered = (): void => {
    if (!outgoing.writableFinished) {
      gone.abort();
    }
  };
  if (outgoing.closed) {
    abortUnlessAnswered();
  } else {
    outgoing.once('close', abortUnlessAnswered);
  }
  return gone;
}

/** Two APIs of API Gateway are signed by one name: their paths tell them apart. */
const serviceNameOf = (signingName: string, { path }: RequestHead): string =>
  signingName === 'apigateway' && path.startsWith('/v2/') ? 'apigatewayv2' : signingName;

const plain = (status: number, body: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body,
});
