import type * as s3 from '@aws-sdk/client-s3';
import type { Handlers } from '../../wire/operation.ts';
import type { Buckets } from './buckets.ts';
import { invalidArgument } from './errors.ts';

/** Parts to a page of an object's attributes. */
const mostParts = 1000;

/** What is asked of an object without its bytes. Source: Amazon S3 API Reference, "GetObjectAttributes". */
export const objectAttributeOperations = (buckets: Buckets) =>
  ({
    GetObjectAttributes: (input) => {
      const bucket = buckets.get(input);
      const version = bucket.get(input);
      const { etag, checksums, storageClass, body, partSizes } = version.object;
      const wanted = new Set<string>(input.ObjectAttributes ?? []);
      if (wanted.size === 0) {
        throw invalidArgument(
          'The x-amz-object-attributes header specifying the attributes to be retrieved is missing',
        );
      }
      return {
        LastModified: version.lastModified,
        VersionId: bucket.toldVersionId(version),
        ...(wanted.has('ETag') && { ETag: etag.replaceAll('"', '') }),
        ...(wanted.has('Checksum') && Object.keys(checksums).length > 0 && { Checksum: { ...checksums } }),
        ...(wanted.has('ObjectParts') && partSizes && { ObjectParts: partsOf(partSizes, input) }),
        ...(wanted.has('StorageClass') && { StorageClass: storageClass }),
        ...(wanted.has('ObjectSize') && { ObjectSize: body.byteLength }),
      };
    },
  }) satisfies Handlers<typeof s3>;

function partsOf(
  sizes: readonly number[],
  {
    MaxParts = mostParts,
    PartNumberMarker = '0',
  }: Pick<s3.GetObjectAttributesRequest, 'MaxParts' | 'PartNumberMarker'>,
): s3.GetObjectAttributesParts {
  const first = Number(PartNumberMarker);
  const parts = sizes
    .map((Size, n) => ({ PartNumber: n + 1, Size }))
    .slice(first, first + Math.min(MaxParts, mostParts));
  const next = first + parts.length;
  return {
    TotalPartsCount: sizes.length,
    PartNumberMarker,
    MaxParts,
    IsTruncated: next < sizes.length,
    ...(next < sizes.length && { NextPartNumberMarker: String(next) }),
    Parts: parts,
  };
}
