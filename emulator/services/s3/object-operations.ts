import type * as s3 from '@aws-sdk/client-s3';
import type { Handlers } from '../../wire/operation.ts';
import type { Bucket, ObjectReference } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import { verifiedChecksums } from './checksum.ts';
import { invalidArgument, malformedXml, preconditionFailed } from './errors.ts';
import type { Notifications } from './notification/notifications.ts';
import { tellOfObject } from './notification-operations.ts';
import { descriptionOf, encryptionOf, toldOf } from './object-description.ts';
import { etagOf, type ObjectOfVersion, unversioned } from './object-version.ts';
import { assertReadable, assertWritable } from './preconditions.ts';
import { byteRange } from './range.ts';
import { responseHeaders } from './response-headers.ts';

const maxDeletedAtOnce = 1000;

/** Objects: put, got, copied, deleted. */
export const objectOperations = (buckets: Buckets, notifications: Notifications) =>
  ({
    PutObject: (input) => {
      const bucket = buckets.get(input);
      const { Key = '', Body: body = new Uint8Array() } = input;
      assertWritable(input, bucket.current(Key));
      const checksums = verifiedChecksums(input, body);
      const object = { ...descriptionOf(input, bucket), body, etag: etagOf(body), checksums };
      const VersionId = bucket.toldVersionId(bucket.add(Key, object));
      tellOfObject(notifications, bucket, 'ObjectCreated:Put', Key, object, VersionId);
      return { ETag: object.etag, VersionId, ...checksums, ...encryptionOf(object) };
    },

    GetObject: (input) => {
      const bucket = buckets.get(input);
      const version = bucket.get(input);
      const { object } = version;
      assertReadable(input, version);
      const headers = responseHeaders(input);
      const size = object.body.byteLength;
      const range = byteRange(input.Range, size);
      if (!range) {
        const told = toldOf(bucket, version, input.ChecksumMode);
        return { ...told, ...headers, Body: object.body, ContentLength: size };
      }
      const Body = object.body.subarray(range.start, range.end);
      return {
        // A checksum is of the whole object, which a part of it would not match.
        ...toldOf(bucket, version, undefined),
        ...headers,
        Body,
        ContentLength: Body.byteLength,
        ContentRange: `bytes ${range.start}-${range.end - 1}/${size}`,
      };
    },

    HeadObject: (input) => {
      const bucket = buckets.get(input);
      const version = bucket.get(input);
      assertReadable(input, version);
      return {
        ...toldOf(bucket, version, input.ChecksumMode),
        ...responseHeaders(input),
        ContentLength: version.object.body.byteLength,
      };
    },

    CopyObject: (input) => {
      const { MetadataDirective, CopySource = '', Key = '' } = input;
      const bucket = buckets.get(input);
      const source = sourceOf(CopySource);
      const from = buckets.get(source);
      const version = from.get(source);
      const { object } = version;
      assertCopyable(input, version);
      const description = descriptionOf(input, bucket);
      const kept = MetadataDirective === 'REPLACE' ? {} : { headers: object.headers, metadata: object.metadata };
      const added = bucket.add(Key, { ...object, ...description, ...kept });
      tellOfObject(notifications, bucket, 'ObjectCreated:Copy', Key, object, bucket.toldVersionId(added));
      return {
        CopyObjectResult: { ETag: object.etag, LastModified: added.lastModified, ...object.checksums },
        VersionId: bucket.toldVersionId(added),
        CopySourceVersionId: from.toldVersionId(version),
        ...encryptionOf(description),
      };
    },

    DeleteObject: (input) => deleteObject(buckets.get(input), input, notifications),

    DeleteObjects: (input) => {
      const bucket = buckets.get(input);
      const { Objects = [], Quiet } = input.Delete ?? {};
      if (Objects.length === 0 || Objects.length > maxDeletedAtOnce) {
        throw malformedXml();
      }
      const Deleted = Objects.map(({ Key, VersionId }) => {
        const { DeleteMarker, VersionId: told } = deleteObject(bucket, { Key, VersionId }, notifications);
        return { Key, VersionId, ...(DeleteMarker && { DeleteMarker, DeleteMarkerVersionId: told }) };
      });
      return Quiet ? {} : { Deleted };
    },
  }) satisfies Handlers<typeof s3>;

/**
 * Without a version's id, a versioned bucket only marks the key as deleted; with one, that version goes for good. What is
 * not there counts as deleted. Source: Amazon S3 User Guide, "Deleting object versions from a versioning-enabled bucket".
 */
function deleteObject(bucket: Bucket, { Key = '', VersionId }: ObjectReference, notifications: Notifications) {
  if (VersionId === undefined && bucket.versioning !== undefined) {
    const marker = bucket.add(Key, undefined);
    const { versionId } = marker;
    tellOfObject(notifications, bucket, 'ObjectRemoved:DeleteMarkerCreated', Key, undefined, versionId);
    return { DeleteMarker: true, VersionId: versionId };
  }
  const version = bucket.version(Key, VersionId ?? unversioned);
  if (!version) {
    return { VersionId };
  }
  bucket.remove(version);
  tellOfObject(notifications, bucket, 'ObjectRemoved:Delete', Key, undefined, bucket.toldVersionId(version));
  return { VersionId: bucket.toldVersionId(version), ...(!version.object && { DeleteMarker: true }) };
}

/**
 * `bucket/key` or `/bucket/key?versionId=ID`, URL-encoded.
 * @throws InvalidArgument
 */
function sourceOf(copySource: string) {
  const [path = '', VersionId] = copySource.replace(/^\//, '').split('?versionId=');
  const [Bucket, ...key] = decodedSource(path).split('/');
  return { Bucket, Key: key.join('/'), VersionId };
}

function decodedSource(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalidArgument('Invalid copy source encoding.');
  }
}

/** A copy whose source is not what it was to be is refused with 412, also where a read would say 304. */
function assertCopyable(input: s3.CopyObjectCommandInput, source: ObjectOfVersion): void {
  try {
    assertReadable(
      {
        IfMatch: input.CopySourceIfMatch,
        IfNoneMatch: input.CopySourceIfNoneMatch,
        IfModifiedSince: input.CopySourceIfModifiedSince,
        IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
      },
      source,
    );
  } catch {
    throw preconditionFailed();
  }
}
