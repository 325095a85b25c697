import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { decodeAwsChunked } from './aws-chunked.ts';
import { AwsError } from './operation.ts';

/** A request whose body has been read. */
export interface WireRequest {
  readonly method: string;
  /** The path as sent, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** A Lambda deployment package is 50 MB at the most, 67 MB in base64; nothing else that is sent here is larger. */
const BODY_LIMIT = 80 * 1024 * 1024;

/** Reads a request to its end and undoes its transfer encodings. */
export async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const [path = '/', search = ''] = (incoming.url ?? '/').split('?', 2);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    headers: incoming.headers,
    body: decodeBody(await readBody(incoming), incoming.headers),
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new AwsError('RequestEntityTooLargeException', 'The request body is too large.', 413);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function decodeBody(body: Buffer, headers: IncomingHttpHeaders): Buffer {
  if (headers['x-amz-content-sha256']?.toString().startsWith('STREAMING-')) return decodeAwsChunked(body);
  if (headers['content-encoding'] === 'gzip' && headers['x-amz-content-sha256'] === undefined) return gunzip(body);
  return body;
}

function gunzip(body: Buffer): Buffer {
  try {
    return gunzipSync(body);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not the gzip that its content-encoding says.');
  }
}
