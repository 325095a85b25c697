import { AwsError } from './operation.ts';

/**
 * Takes the payload out of an `aws-chunked` body: `SIZE[;chunk-signature=...]\r\n DATA\r\n` repeated, a chunk of size 0,
 * then trailers. Source: Amazon S3, "Signature calculations: transferring payload in multiple chunks".
 */
export function decodeAwsChunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd === -1 ? undefined : lineEnd), 16);
    const start = lineEnd + 2;
    if (lineEnd === -1 || Number.isNaN(size) || start + size > body.length) {
      throw new AwsError('IncompleteBody', 'The body is not complete aws-chunked data.');
    }
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
}
