import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TooManyRequestsException } from '@aws-sdk/client-lambda';
import type { AccessKeys } from '../../../wire/authentication/access-keys.ts';
import { Authentication, claimOf } from '../../../wire/authentication/authentication.ts';
import { headOf } from '../../../wire/http.ts';
import { corsHeaders, isCorsHeader, isPreflight } from '../../../wire/lambda-proxy/cors.ts';
import { jsonAnswer, LoopbackServer, readBody, type UrlResponse } from '../../../wire/lambda-proxy/loopback-server.ts';
import { eventOf, iamOf, responseOf } from '../../../wire/lambda-proxy/payload-2.ts';
import { AwsError, type Caller, type Region } from '../../../wire/operation.ts';
import type { FunctionUrl, FunctionUrlConfig } from '../function/function.ts';
import type { FunctionReference } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';
import { allowsAnybody } from '../function/resource-policy.ts';
import { type Invoker, synchronousLimit } from '../invocation/invoker.ts';
import { invokeStreaming } from '../invocation/streamed-invocation.ts';
import { collectedUrlResponse, streamedUrlResponse } from './streamed-url-response.ts';

export interface FunctionUrlDeps {
  readonly region: Region;
  readonly functions: Functions;
  readonly invoker: Invoker;
  readonly accessKeys: AccessKeys;
}

/**
 * The URL of a function or an alias: an HTTP server on a loopback port of its own, as long as the URL exists. Responses
 * are buffered, or streamed where its mode says so.
 */
export class FunctionUrlServer implements FunctionUrl {
  readonly creationTime = new Date();
  lastModified = this.creationTime;
  config: FunctionUrlConfig;
  readonly #id = randomBytes(16).toString('hex');
  readonly #reference: FunctionReference;
  readonly #deps: FunctionUrlDeps;
  readonly #authentication: Authentication;
  #server: LoopbackServer | undefined;

  private constructor(reference: FunctionReference, config: FunctionUrlConfig, deps: FunctionUrlDeps) {
    this.#reference = reference;
    this.config = config;
    this.#deps = deps;
    this.#authentication = new Authentication(deps.accessKeys);
  }

  /** Resolves when the URL answers. */
  static async open(
    reference: FunctionReference,
    config: FunctionUrlConfig,
    deps: FunctionUrlDeps,
  ): Promise<FunctionUrlServer> {
    const url = new FunctionUrlServer(reference, config, deps);
    url.#server = await LoopbackServer.open({
      what: `The function URL of ${reference.name}`,
      onFault: badGateway,
      answer: (request, requestId) => url.#answer(request, requestId),
    });
    return url;
  }

  get url(): string {
    return `${this.#server?.origin}/`;
  }

  close(): void {
    this.#server?.close();
  }

  async #answer(request: IncomingMessage, requestId: string): Promise<UrlResponse> {
    const { cors } = this.config;
    const body = await readBody(request, synchronousLimit);
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
    const payload = eventOf(request, body, {
      id: this.#id,
      accountId: caller ? accountId : 'anonymous',
      requestId,
      authorizer: caller && { iam: iamOf(caller, accountId) },
    });
    if (payload.length > synchronousLimit) {
      return tooLarge;
    }
    try {
      return (await this.#response({ requestId, payload })) ?? badGateway;
    } catch (error) {
      if ((error as Error).name !== 'TooManyRequestsException') {
        return badGateway;
      }
      const { Reason, message } = error as TooManyRequestsException;
      return jsonAnswer(429, { Reason, Type: 'User', message }, { 'retry-after': '1' });
    }
  }

  /** Undefined where the function fails, or answers what is no response. */
  async #response(request: { readonly requestId: string; readonly payload: Buffer }): Promise<UrlResponse | undefined> {
    const { invoker } = this.#deps;
    if (this.config.invokeMode === 'RESPONSE_STREAM') {
      return streamedUrlResponse(await invokeStreaming(invoker, this.#reference, request));
    }
    const invoked = await invoker.invoke(this.#reference, request);
    if (invoked.functionError) {
      return undefined;
    }
    return invoked.contentType === undefined ? responseOf(invoked.payload) : collectedUrlResponse(invoked);
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

const badGateway: UrlResponse = {
  status: 502,
  headers: { 'content-type': 'text/plain' },
  body: 'Internal Server Error',
};
const tooLarge = jsonAnswer(413, { Message: 'Request Entity Too Large' });
const forbidden = jsonAnswer(
  403,
  {
    Message:
      'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  },
  { 'x-amzn-errortype': 'AccessDeniedException' },
);

const refusedSignature = ({ name, message }: AwsError): UrlResponse =>
  jsonAnswer(403, { Message: message }, { 'x-amzn-errortype': name });
