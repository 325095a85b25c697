import type { IncomingMessage } from 'node:http';
import type { FunctionVersion } from '../../function/function.ts';
import type { ResponseSink } from './invocation.ts';

/** The most that a buffered response holds, in bytes: 6 MB and a little for the envelope. */
export const responseLimit = 6 * 1024 * 1024 + 100;
/** The most that a function may write by and by, in bytes ("Response streaming for Lambda functions", 200 MB). */
const streamLimit = 200 * 1024 * 1024;

/** Whoever is told of a response that a function writes by and by. */
export interface StreamReceiver {
  readonly version: FunctionVersion;
  /** Who takes it, piece by piece. Without anybody it is kept, as any other response. */
  sinkOf(requestId: string): ResponseSink | undefined;
  /** @param contentType of a response that was written by and by */
  response(requestId: string, payload: Buffer, contentType?: string): void;
  /** The response was larger than Lambda allows, by its size in bytes. */
  responseTooLarge(requestId: string, bytes: number): void;
  error(requestId: string, payload: Buffer): void;
}

/** Whether a runtime says that it writes its response by and by ("Building a custom runtime", Response streaming). */
export const isStreamed = ({ headers }: IncomingMessage): boolean =>
  headers['lambda-runtime-function-response-mode'] === 'streaming';

/** Takes a response as it comes. What goes wrong in the middle of it is said in its trailers. */
export async function receiveStream(
  request: IncomingMessage,
  requestId: string,
  receiver: StreamReceiver,
): Promise<void> {
  const contentType = request.headers['content-type'] ?? 'application/octet-stream';
  const sink = receiver.sinkOf(requestId);
  sink?.begin(contentType, receiver.version.version);
  const limit = sink ? streamLimit : responseLimit;
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) {
      continue;
    }
    if (sink) {
      await sink.piece(chunk);
    } else {
      kept.push(chunk);
    }
  }
  const { 'lambda-runtime-function-error-body': error } = request.trailers;
  if (error !== undefined) {
    receiver.error(requestId, Buffer.from(error, 'base64'));
  } else if (bytes > limit) {
    receiver.responseTooLarge(requestId, bytes);
  } else {
    receiver.response(requestId, Buffer.concat(kept), contentType);
  }
}
