import type * as s3 from '@aws-sdk/client-s3';
import type { Call, Handlers } from '../../wire/operation.ts';
import type { Bucket, ObjectReference } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import { invalidRequest, malformedXml } from './errors.ts';
import type { Notifications } from './notification/notifications.ts';
import { tellOfObject } from './notification-operations.ts';
import { verifiedChecksums } from './object/checksum.ts';
import { assertCopyable, sourceOf } from './object/copy-source.ts';
import { etagOf, unversioned } from './object/object-version.ts';
import { assertDeletable, assertReadable, assertWritable } from './object/preconditions.ts';
import { descriptionOf, encryptionOf } from './object-description.ts';
import { describeRead, wantedRange } from './object-reading.ts';

const maxDeletedAtOnce = 1000;

/** Objects: put, got, copied, deleted. */
export const objectOperations = (buckets: Buckets, notifications: Notifications) =>
  ({
    PutObject: (input, call?: Call) => {
      const bucket = buckets.get(input);
      const { Key = '', Body: body = new Uint8Array() } = input;
      assertWritable(input, bucket.current(Key));
      const checksums = verifiedChecksums(input, body);
      const object = { ...descriptionOf(input, bucket), body, etag: etagOf(body), checksums };
      const VersionId = bucket.toldVersionId(bucket.add(Key, object));
      tellOfObject(notifications.of(call), bucket, 'ObjectCreated:Put', Key, object, VersionId);
      return { ETag: object.etag, VersionId, ...checksums, ...encryptionOf(object) };
    },

    GetObject: (input) => {
      const bucket = buckets.get(input);
      const version = bucket.get(input);
      const { object } = version;
      assertReadable(input, version);
      const range = wantedRange(input, object);
      const Body = range ? object.body.subarray(range.start, range.end) : object.body;
      return { ...describeRead(bucket, version, input, range), Body };
    },

    HeadObject: (input) => {
      const bucket = buckets.get(input);
      const version = bucket.get(input);
      assertReadable(input, version);
      return describeRead(bucket, version, input, wantedRange(input, version.object));
    },

    CopyObject: (input, call?: Call) => {
      const { MetadataDirective, TaggingDirective, CopySource, Key = '' } = input;
      const bucket = buckets.get(input);
      const source = sourceOf(CopySource);
      const from = buckets.get(source);
      const version = from.get(source);
      const { object } = version;
      assertCopyable(input, version);
      if (from === bucket && source.Key === Key && source.VersionId === undefined && !changesAnything(input)) {
        throw invalidRequest(
          "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
        );
      }
      const description = descriptionOf(input, bucket);
      const kept = MetadataDirective === 'REPLACE' ? {} : { headers: object.headers, metadata: object.metadata };
      const tags = TaggingDirective === 'REPLACE' ? description.tags : object.tags;
      const added = bucket.add(Key, { ...object, ...description, ...kept, tags });
      tellOfObject(notifications.of(call), bucket, 'ObjectCreated:Copy', Key, object, bucket.toldVersionId(added));
      return {
        CopyObjectResult: { ETag: object.etag, LastModified: added.lastModified, ...object.checksums },
        VersionId: bucket.toldVersionId(added),
        CopySourceVersionId: from.toldVersionId(version),
        ...encryptionOf(description),
      };
    },

    DeleteObject: (input, call?: Call) => {
      const bucket = buckets.get(input);
      assertDeletable(input, bucket.objectVersion(input));
      return deleteObject(bucket, input, notifications.of(call));
    },

    DeleteObjects: (input, call?: Call) => {
      const bucket = buckets.get(input);
      const { Objects = [], Quiet } = input.Delete ?? {};
      if (Objects.length === 0 || Objects.length > maxDeletedAtOnce) {
        throw malformedXml();
      }
      const Deleted: s3.DeletedObject[] = [];
      const Errors: s3._Error[] = [];
      for (const { Key, VersionId, ETag, LastModifiedTime, Size } of Objects) {
        const expected = { IfMatch: ETag, IfMatchLastModifiedTime: LastModifiedTime, IfMatchSize: Size };
        try {
          assertDeletable(expected, bucket.objectVersion({ Key, VersionId }));
        } catch (error) {
          const { name: Code, message: Message } = error as Error;
          Errors.push({ Key, VersionId, Code, Message });
          continue;
        }
        const { DeleteMarker, VersionId: told } = deleteObject(bucket, { Key, VersionId }, notifications.of(call));
        Deleted.push({ Key, VersionId, ...(DeleteMarker && { DeleteMarker, DeleteMarkerVersionId: told }) });
      }
      return { ...(!Quiet && { Deleted }), ...(Errors.length > 0 && { Errors }) };
    },
  }) satisfies Handlers<typeof s3>;

/**
 * Without a version's id, a versioned bucket only marks the key as deleted; with one, that version goes for good. What is
 * not there counts as deleted. Source: Amazon S3 User Guide, "Deleting object versions from a versioning-enabled bucket".
 */
function deleteObject(
  bucket: Bucket,
  { Key = '', VersionId }: ObjectReference,
  notifications: Pick<Notifications, 'tell'>,
) {
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

/** Whether a copy of an object onto itself has a reason (verified on AWS). */
const changesAnything = (input: s3.CopyObjectCommandInput): boolean =>
  input.MetadataDirective === 'REPLACE' ||
  input.TaggingDirective === 'REPLACE' ||
  [input.StorageClass, input.ServerSideEncryption, input.WebsiteRedirectLocation].some((one) => one !== undefined);
