import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { failureOf } from './wire/failure.ts';
import { readRequest, type WireAnswer, type WireRequest } from './wire/http.ts';
import { AwsError, type Call } from './wire/operation.ts';
import { protocolOf } from './wire/protocol.ts';
import { inputOf, nameOf } from './wire/schema.ts';
import type { Service, ServiceModel } from './wire/service.ts';
import { validate } from './wire/validate.ts';

/** A path of the endpoint's own, beside the AWS APIs: undefined where the request is not for it. */
export type Page = (request: WireRequest) => Promise<WireAnswer> | WireAnswer | undefined;

export interface GatewayOptions {
  /** The services of a region by their signing names, once the region is ready. */
  readonly services: (region: string) => Promise<ReadonlyMap<string, Service>>;
  readonly pages: readonly Page[];
  /** Told of every call before it is served, as `sqs:SendMessage`. */
  readonly onCall?: (operation: string) => void;
  /** May keep a call waiting before it is served, or throw the error that it is to fail with. */
  readonly beforeCall?: (operation: string, call: Call, model: ServiceModel) => Promise<void>;
}

/** Longer than any client keeps an idle connection, so that no request meets a connection as it closes. */
const KEEP_ALIVE_MS = 75_000;

/** The one door of the endpoint: every call of every service passes through here. */
export function createGateway(options: GatewayOptions): Server {
  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    const requestId = randomUUID();
    answer(incoming, outgoing, requestId, options).then(
      (found) => send(outgoing, found, requestId),
      () => outgoing.destroy(),
    );
  });
}

function send(outgoing: ServerResponse, { status, headers, body }: WireAnswer, requestId: string): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  outgoing.writeHead(status, { 'content-length': length, ...headers, 'x-amzn-requestid': requestId });
  outgoing.end(body);
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  requestId: string,
  options: GatewayOptions,
): Promise<WireAnswer> {
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  let request: WireRequest;
  try {
    request = await readRequest(incoming);
  } catch (error) {
    return plain(error instanceof AwsError ? error.status : 400, (error as Error).message);
  }
  for (const page of options.pages) {
    const found = page(request);
    if (found) return found;
  }
  const scope = scopeOf(request);
  if (!scope) return plain(403, 'MissingAuthenticationToken: the request is not signed with AWS Signature Version 4.');
  const service = (await options.services(scope.region)).get(scope.service);
  if (!service) return plain(501, `NotImplemented: the service ${scope.service} is not served by this endpoint.`);
  const call = { requestId, accessKeyId: scope.accessKeyId, signal: gone.signal };
  return serve(service, request, call, options);
}

async function serve(
  service: Service,
  request: WireRequest,
  call: Call,
  { onCall, beforeCall }: GatewayOptions,
): Promise<WireAnswer> {
  const { model } = service;
  const protocol = protocolOf(request, model);
  try {
    const operation = protocol.operation(model, request);
    if (!operation) throw new AwsError('UnknownOperationException', `${model.signingName}: no such operation.`, 404);
    const name = nameOf(operation);
    const called = `${model.signingName}:${name}`;
    onCall?.(called);
    await beforeCall?.(called, call, model);
    const handler = service.handlers[name];
    if (!handler && service.mounted) return await service.mounted(name, request, call);
    if (!handler) {
      throw new AwsError('NotImplemented', `${called} is not served by this endpoint.`, 501);
    }
    const input = await protocol.decode(operation, request, model).catch((error: Error) => {
      throw error instanceof AwsError ? error : new AwsError('SerializationException', error.message);
    });
    validate(inputOf(operation), input);
    return protocol.encode(operation, await handler(input as never, call), model, call.requestId);
  } catch (error) {
    return protocol.fail(failureOf(error, model), model, call.requestId);
  }
}

interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/**
 * The credential scope of a signed request, from its header or, presigned, from its query.
 * An unsigned request has none: so a page in a browser, which cannot sign, cannot reach an API.
 */
function scopeOf(request: WireRequest): Scope | undefined {
  const credential =
    /^AWS4-HMAC-SHA256 Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ??
    request.query.get('X-Amz-Credential') ??
    '';
  const [accessKeyId, , region, service, end] = credential.split('/');
  return accessKeyId && region && service && end === 'aws4_request' ? { accessKeyId, region, service } : undefined;
}

const plain = (status: number, body: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body,
});
