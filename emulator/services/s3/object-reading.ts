import { AwsError } from '../../wire/operation.ts';
import type { Bucket } from './bucket.ts';
import { invalidRequest } from './errors.ts';
import type { ObjectOfVersion, StoredObject } from './object/object-version.ts';
import { type ByteRange, byteRange } from './object/range.ts';
import { type ResponseHeadersInput, responseHeaders } from './object/response-headers.ts';
import { toldOf } from './object-description.ts';

interface ReadInput extends ResponseHeadersInput {
  readonly ChecksumMode?: string | undefined;
  readonly PartNumber?: number | undefined;
  readonly Range?: string | undefined;
}

/**
 * The bytes that a read asks for: a range, or the range of a part; undefined for all of them. What came in one piece is one part
 * (verified on AWS).
 * @throws InvalidRange, InvalidPartNumber, InvalidRequest
 */
export function wantedRange(
  { PartNumber, Range }: ReadInput,
  { body, partSizes }: StoredObject,
): ByteRange | undefined {
  const size = body.byteLength;
  if (PartNumber === undefined) {
    return byteRange(Range, size);
  }
  if (Range !== undefined) {
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  }
  const sizes = partSizes ?? [size];
  const length = sizes[PartNumber - 1];
  if (length === undefined) {
    throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416);
  }
  const start = sizes.slice(0, PartNumber - 1).reduce((sum, one) => sum + one, 0);
  return { start, end: start + length };
}

/** What GetObject and HeadObject say of an object, or of a range of it. */
export function describeRead(bucket: Bucket, version: ObjectOfVersion, input: ReadInput, range: ByteRange | undefined) {
  const { body, partSizes } = version.object;
  return {
    // A checksum is of the whole object, which a part of it would not match.
    ...toldOf(bucket, version, range ? undefined : input.ChecksumMode),
    ...responseHeaders(input),
    ContentLength: range ? range.end - range.start : body.byteLength,
    ...(range && { ContentRange: `bytes ${range.start}-${range.end - 1}/${body.byteLength}` }),
    ...(input.PartNumber !== undefined && partSizes && { PartsCount: partSizes.length }),
  };
}
