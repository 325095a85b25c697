import * as s3 from '@aws-sdk/client-s3';
import type { Call, Handlers } from '../../wire/operation.ts';
import type { Bucket } from './bucket.ts';
import type { BucketReference, Buckets } from './buckets.ts';
import { invalidArgument, malformedXml } from './errors.ts';
import { type CompletedUpload, MultipartUpload } from './multipart-upload.ts';
import type { Notifications } from './notification/notifications.ts';
import { tellOfObject } from './notification-operations.ts';
import { verifiedChecksums } from './object/checksum.ts';
import { assertCopyable, sourceOf } from './object/copy-source.ts';
import { assertWritable } from './object/preconditions.ts';
import type { ByteRange } from './object/range.ts';
import { descriptionOf, encryptionOf } from './object-description.ts';

const maxParts = 10_000;
/** Uploads that are complete, and whose completion may be asked for again. */
const maxRemembered = 1000;

/** Objects that come in parts, as clients send what is large. Lists are told in one page. */
export const multipartOperations = (buckets: Buckets, notifications: Notifications) =>
  ({
    CreateMultipartUpload: (input) => {
      const bucket = buckets.get(input);
      const { Bucket, Key = '', ChecksumAlgorithm } = input;
      const upload = new MultipartUpload(Key, descriptionOf(input, bucket));
      bucket.uploads.set(upload.id, upload);
      return { Bucket, Key, UploadId: upload.id, ChecksumAlgorithm, ...encryptionOf(upload.description) };
    },

    UploadPart: (input) => {
      const { upload } = uploadOf(buckets, input);
      const { PartNumber = 0, Body = new Uint8Array() } = input;
      assertPartNumber(PartNumber);
      const { etag, checksums } = upload.add(PartNumber, Body, verifiedChecksums(input, Body));
      return { ETag: etag, ...checksums, ...encryptionOf(upload.description) };
    },

    /** Source: Amazon S3 API Reference, UploadPartCopy: a range of an object becomes a part. */
    UploadPartCopy: (input) => {
      const { upload } = uploadOf(buckets, input);
      const { PartNumber = 0, CopySource, CopySourceRange } = input;
      assertPartNumber(PartNumber);
      const source = sourceOf(CopySource);
      const from = buckets.get(source);
      const version = from.get(source);
      assertCopyable(input, version);
      const { body } = version.object;
      const { start, end } = copiedRange(CopySourceRange, body.byteLength);
      const { etag, lastModified } = upload.add(PartNumber, body.subarray(start, end), {});
      return {
        CopyPartResult: { ETag: etag, LastModified: lastModified },
        CopySourceVersionId: from.toldVersionId(version),
        ...encryptionOf(upload.description),
      };
    },

    CompleteMultipartUpload: (input, call?: Call) => {
      const before = buckets.get(input).completed.get(input.UploadId ?? '');
      if (before && before.key === input.Key) {
        const { Bucket, Key = '' } = input;
        return { Location: `/${Bucket}/${Key}`, Bucket, Key, ETag: before.etag, VersionId: before.versionId };
      }
      const { bucket, upload } = uploadOf(buckets, input);
      const { Bucket, Key = '', MultipartUpload: named } = input;
      if (!named?.Parts?.length) {
        throw malformedXml();
      }
      assertWritable(input, bucket.current(Key));
      const object = upload.assemble(named.Parts);
      const VersionId = bucket.toldVersionId(bucket.add(Key, object));
      bucket.uploads.delete(upload.id);
      remember(bucket.completed, upload.id, { key: Key, etag: object.etag, versionId: VersionId });
      tellOfObject(notifications.of(call), bucket, 'ObjectCreated:CompleteMultipartUpload', Key, object, VersionId);
      return { Location: `/${Bucket}/${Key}`, Bucket, Key, ETag: object.etag, VersionId, ...encryptionOf(object) };
    },

    AbortMultipartUpload: (input) => {
      const { bucket, upload } = uploadOf(buckets, input);
      bucket.uploads.delete(upload.id);
      return {};
    },

    ListParts: (input) => {
      const { upload } = uploadOf(buckets, input);
      const { Bucket, Key, UploadId } = input;
      const Parts = upload.parts().map(([PartNumber, { body, etag, checksums, lastModified }]) => ({
        PartNumber,
        Size: body.byteLength,
        ETag: etag,
        LastModified: lastModified,
        ...checksums,
      }));
      return { Bucket, Key, UploadId, Parts, IsTruncated: false };
    },

    ListMultipartUploads: (input) => {
      const bucket = buckets.get(input);
      const { Bucket, Prefix = '' } = input;
      const Uploads = [...bucket.uploads.values()]
        .filter(({ key }) => key.startsWith(Prefix))
        .map(({ id, key, initiated }) => ({ UploadId: id, Key: key, Initiated: initiated }));
      return { Bucket, Prefix, Uploads, IsTruncated: false };
    },
  }) satisfies Handlers<typeof s3>;

/** @throws InvalidArgument */
function assertPartNumber(partNumber: number): void {
  if (partNumber < 1 || partNumber > maxParts) {
    throw invalidArgument(`Part number must be an integer between 1 and ${maxParts}, inclusive`);
  }
}

/** Unlike the Range of a read, it names its first and its last byte, and both are there. @throws InvalidArgument, InvalidRange */
function copiedRange(range: string | undefined, size: number): ByteRange {
  if (range === undefined) {
    return { start: 0, end: size };
  }
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (first === undefined || Number(first) > Number(last)) {
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  if (Number(last) >= size) {
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`);
  }
  return { start: Number(first), end: Number(last) + 1 };
}

/** Keeps what the latest uploads were answered. */
function remember(completed: Map<string, CompletedUpload>, id: string, upload: CompletedUpload): void {
  const [oldest] = completed.keys();
  if (oldest !== undefined && completed.size === maxRemembered) {
    completed.delete(oldest);
  }
  completed.set(id, upload);
}

interface UploadReference extends BucketReference {
  readonly Key?: string | undefined;
  readonly UploadId?: string | undefined;
}

/** @throws NoSuchBucket, NoSuchUpload */
function uploadOf(buckets: Buckets, input: UploadReference): { bucket: Bucket; upload: MultipartUpload } {
  const bucket = buckets.get(input);
  const upload = bucket.uploads.get(input.UploadId ?? '');
  if (upload && upload.key === input.Key) {
    return { bucket, upload };
  }
  const message =
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';
  throw new s3.NoSuchUpload({ message, $metadata: {} });
}
