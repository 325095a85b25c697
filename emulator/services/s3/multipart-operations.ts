import * as s3 from '@aws-sdk/client-s3';
import type { Handlers } from '../../wire/operation.ts';
import type { Bucket } from './bucket.ts';
import type { BucketReference, Buckets } from './buckets.ts';
import { verifiedChecksums } from './checksum.ts';
import { invalidArgument, malformedXml } from './errors.ts';
import { MultipartUpload } from './multipart-upload.ts';
import type { Notifications } from './notification/notifications.ts';
import { tellOfObject } from './notification-operations.ts';
import { descriptionOf, encryptionOf } from './object-description.ts';
import { assertWritable } from './preconditions.ts';

const maxParts = 10_000;

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
      if (PartNumber < 1 || PartNumber > maxParts) {
        throw invalidArgument(`Part number must be an integer between 1 and ${maxParts}, inclusive`);
      }
      const { etag, checksums } = upload.add(PartNumber, Body, verifiedChecksums(input, Body));
      return { ETag: etag, ...checksums, ...encryptionOf(upload.description) };
    },

    CompleteMultipartUpload: (input) => {
      const { bucket, upload } = uploadOf(buckets, input);
      const { Bucket, Key = '', MultipartUpload: named } = input;
      if (!named?.Parts?.length) {
        throw malformedXml();
      }
      assertWritable(input, bucket.current(Key));
      const object = upload.assemble(named.Parts);
      const VersionId = bucket.toldVersionId(bucket.add(Key, object));
      bucket.uploads.delete(upload.id);
      tellOfObject(notifications, bucket, 'ObjectCreated:CompleteMultipartUpload', Key, object, VersionId);
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
