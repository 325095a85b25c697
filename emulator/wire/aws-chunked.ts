import { AwsError } from './operation.ts';

/** An `aws-chunked` body, taken apart. */
export interface AwsChunked {
  /** All chunks, the empty last one too. */
  readonly chunks: readonly Chunk[];
  /** Headers that came behind the last chunk, by their names in lower case. */
  readonly trailers: ReadonlyMap<string, string>;
  readonly trailerSignature: string | undefined;
}

interface Chunk {
  readonly data: Buffer;
  readonly signature: string | undefined;
}

const sizePattern = /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i;
/** Some clients end a trailer with a line feed of its own. */
const trailer = /^([!#$%&'*+.^_`|~\w-]+):([\x20-\x7e\t]*)\n?$/;
/** A size and a signature, or a trailer, take less. */
const maxLine = 1024;
/** Of all chunks but the last. */
const minChunk = 8192;
/** There is one checksum, and its signature. */
const maxTrailers = 16;

/**
 * Takes an `aws-chunked` body apart: `SIZE[;chunk-signature=...]\r\n DATA\r\n` repeated, a chunk of size 0, then trailers.
 * Source: Amazon S3 API Reference, "Signature calculations for the Authorization header: transferring payload in multiple
 * chunks".
 * @throws IncompleteBody where it is anything else, InvalidChunkSizeError where chunks are too small
 */
export function parseAwsChunked(body: Buffer): AwsChunked {
  const reader = new Reader(body);
  const chunks = readChunks(reader);
  const trailers = readTrailers(reader);
  if (!reader.atEnd) {
    throw incompleteBody();
  }
  const trailerSignature = trailers.get(trailerSignatureHeader);
  trailers.delete(trailerSignatureHeader);
  return { chunks, trailers, trailerSignature };
}

class Reader {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  get atEnd(): boolean {
    return this.#at === this.#body.length;
  }

  line(): string {
    const end = this.#body.subarray(this.#at, this.#at + maxLine).indexOf('\r\n');
    if (end === -1) {
      throw incompleteBody();
    }
    const text = this.#body.toString('latin1', this.#at, this.#at + end);
    this.#at += end + 2;
    return text;
  }

  bytes(size: number): Buffer {
    const data = this.#body.subarray(this.#at, this.#at + size);
    if (data.length !== size) {
      throw incompleteBody();
    }
    this.#at += size;
    return data;
  }
}

function readChunks(reader: Reader): Chunk[] {
  const chunks: Chunk[] = [];
  for (;;) {
    const [, hex, signature] = sizePattern.exec(reader.line()) ?? [];
    if (hex === undefined) {
      throw incompleteBody();
    }
    const size = Number.parseInt(hex, 16);
    const before = chunks.at(-1);
    if (size > 0 && before && before.data.length < minChunk) {
      throw invalidChunkSize();
    }
    chunks.push({ data: reader.bytes(size), signature });
    if (size === 0) {
      return chunks;
    }
    if (reader.line() !== '') {
      throw incompleteBody();
    }
  }
}

function readTrailers(reader: Reader): Map<string, string> {
  const trailers = new Map<string, string>();
  for (let line = reader.line(); line !== ''; line = reader.line()) {
    const [, name, value] = trailer.exec(line) ?? [];
    if (name === undefined || value === undefined || trailers.size === maxTrailers) {
      throw incompleteBody();
    }
    if (trailers.has(name.toLowerCase())) {
      throw incompleteBody();
    }
    trailers.set(name.toLowerCase(), value.trim());
  }
  return trailers;
}

const trailerSignatureHeader = 'x-amz-trailer-signature';

const incompleteBody = (): AwsError => new AwsError('IncompleteBody', 'The body is not complete aws-chunked data.');

const invalidChunkSize = (): AwsError =>
  new AwsError(
    'InvalidChunkSizeError',
    `Only the last chunk is allowed to have a size less than ${minChunk} bytes`,
    403,
  );
