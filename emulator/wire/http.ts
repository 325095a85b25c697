import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip as gunzipCallback } from 'node:zlib';
import { type AwsChunked, parseAwsChunked } from './aws-chunked.ts';
import { AwsError } from './operation.ts';
import { joined, readChunks } from './read-chunks.ts';

/** A request without its body. */
export interface RequestHead {
  readonly method: string;
  /** The path as sent, still percent-encoded. */
  readonly path: string;
  /** The query as sent, without its question mark. */
  readonly search: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** A request whose body has been read. */
export interface WireRequest extends RequestHead {
  readonly body: Buffer;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
  /** Sent in the place of a body, as it comes. */
  readonly pieces?: AsyncIterable<Uint8Array>;
}

/** Of the many requests without a query. Nothing writes into it. */
const noQuery = new URLSearchParams();

export function headOf({ method = 'GET', url = '/', headers }: IncomingMessage): RequestHead {
  if (!url.includes('?')) {
    return { method, path: url, search: '', query: noQuery, headers };
  }
  const [path = '/', ...rest] = url.split('?');
  const search = rest.join('?');
  return { method, path, search, query: new URLSearchParams(search), headers };
}

/** Reads a body as it comes over the wire. @throws where it is larger than a limit in bytes */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = Number(incoming.headers['content-length'] ?? 0);
  if (announced > limit) {
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  // What is too large is answered before it has arrived: the connection must stay.
  await readChunks(incoming, (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    return size <= limit;
  });
  if (size > limit) {
    throw tooLarge();
  }
  return joined(chunks);
}

/**
 * Undoes what a client did to a body for the transfer.
 * @param limit what the body may hold at the most, in bytes
 * @param verifyChunks asked before the chunks of an `aws-chunked` body are put together
 */
export async function decodeBody(
  head: RequestHead,
  body: Buffer,
  limit: number,
  verifyChunks: (chunked: AwsChunked) => void,
): Promise<WireRequest> {
  const { headers } = head;
  if (headers['x-amz-content-sha256']?.toString().startsWith('STREAMING-')) {
    const chunked = parseAwsChunked(body);
    verifyChunks(chunked);
    const payload = Buffer.concat(chunked.chunks.map(({ data }) => data));
    const expected = headers['x-amz-decoded-content-length'];
    if (expected !== undefined && Number(expected) !== payload.length) {
      throw otherLength();
    }
    return { ...head, headers: { ...headers, ...announcedTrailers(headers, chunked) }, body: payload };
  }
  // An object of S3 is kept as it is encoded.
  const encoded =
    headers['x-amz-content-sha256'] === undefined ? headers['content-encoding']?.toLowerCase() : undefined;
  return { ...head, body: encoded === 'gzip' ? await gunzip(body, limit) : body };
}

/** Trailers say what a header could not know before the body was read. */
function announcedTrailers(headers: IncomingHttpHeaders, { trailers }: AwsChunked): Record<string, string> {
  const announced = String(headers['x-amz-trailer'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return Object.fromEntries([...trailers].filter(([name]) => checksum.test(name) && announced.includes(name)));
}

const checksum = /^x-amz-checksum-[a-z0-9]+$/;

const inflate = promisify(gunzipCallback);

async function gunzip(body: Buffer, limit: number): Promise<Buffer> {
  try {
    return await inflate(body, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge();
    }
    throw new AwsError('SerializationException', 'The request body is not the gzip that its content-encoding says.');
  }
}

const tooLarge = (): AwsError =>
  new AwsError('RequestEntityTooLargeException', 'The request body is too large.', 413, 'RequestEntityTooLarge');

const otherLength = (): AwsError =>
  new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header.',
  );
