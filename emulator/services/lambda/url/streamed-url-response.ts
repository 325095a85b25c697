import type { UrlResponse } from '../../../wire/lambda-proxy/loopback-server.ts';
import { responseHeadOf } from '../../../wire/lambda-proxy/payload-2.ts';
import type { InvocationResult } from '../environment/runtime/invocation.ts';
import type { StreamedInvocation } from '../invocation/streamed-invocation.ts';

/** What a response is that has a status, headers and cookies ahead of it, as JSON ("Response streaming for Lambda functions"). */
const integrationType = 'application/vnd.awslambda.http-integration-response';
/** Ends that JSON. */
const preludeEnd = Buffer.alloc(8);
/** What the JSON may hold, in bytes: more than any headers that a client takes. */
const preludeLimit = 1024 * 1024;
const bytes = 'application/octet-stream';

/**
 * What a URL answers that streams (`RESPONSE_STREAM`): the response while it is written. That of a handler that does not stream is
 * answered as it is. Undefined where a function fails before it has begun, or begins with no such head.
 */
export async function streamedUrlResponse(streamed: StreamedInvocation): Promise<UrlResponse | undefined> {
  const { head, invoked } = streamed;
  if (!head) {
    const { functionError, payload } = await invoked;
    return functionError ? undefined : { status: 200, headers: { 'content-type': bytes }, body: Buffer.from(payload) };
  }
  const pieces = piecesOf(streamed);
  if (head.contentType !== integrationType) {
    return { status: 200, headers: { 'content-type': head.contentType }, body: '', pieces };
  }
  const { prelude, rest } = await splitAtPrelude(pieces);
  const answered = prelude && responseHeadOf(prelude, bytes);
  return answered && { ...answered, body: '', pieces: rest };
}

/** What a URL answers that does not stream, of a function that does: all of it at once. */
export function collectedUrlResponse({ payload, contentType = bytes }: InvocationResult): UrlResponse | undefined {
  const whole = Buffer.from(payload);
  if (contentType !== integrationType) {
    return { status: 200, headers: { 'content-type': contentType }, body: whole };
  }
  const end = whole.indexOf(preludeEnd);
  const prelude = end === -1 ? undefined : parsed(whole.subarray(0, end));
  const answered = prelude && responseHeadOf(prelude, bytes);
  return answered && { ...answered, body: whole.subarray(end + preludeEnd.length) };
}

/** The pieces of a response. They end with an error where the function does. */
async function* piecesOf({ pieces, invoked }: StreamedInvocation): AsyncGenerator<Buffer> {
  yield* pieces as AsyncIterable<Buffer>;
  const { functionError } = await invoked;
  if (functionError) {
    throw new Error('The function failed in the middle of its response.');
  }
}

async function splitAtPrelude(pieces: AsyncGenerator<Buffer>) {
  let read = Buffer.alloc(0);
  while (read.length <= preludeLimit) {
    const { value, done } = await pieces.next().catch(() => ({ value: undefined, done: true as const }));
    if (done || !value) {
      break;
    }
    read = Buffer.concat([read, value]);
    const end = read.indexOf(preludeEnd);
    if (end !== -1) {
      return { prelude: parsed(read.subarray(0, end)), rest: after(read.subarray(end + preludeEnd.length), pieces) };
    }
  }
  return { prelude: undefined, rest: pieces };
}

async function* after(first: Buffer, pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) {
    yield first;
  }
  yield* pieces;
}

function parsed(json: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    return Object(JSON.parse(json.toString()));
  } catch {
    return undefined;
  }
}
