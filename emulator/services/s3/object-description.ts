import { type ServerSideEncryption, StorageClass } from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/operation.ts';
import type { Bucket } from './bucket.ts';
import { notServed } from './errors.ts';
import { tagsOfHeader } from './object/object-tags.ts';
import type { ObjectDescription, ObjectHeaders, ObjectOfVersion } from './object/object-version.ts';

/** What PutObject, CopyObject and CreateMultipartUpload may say of an object. */
export interface DescriptionInput extends ObjectHeaders {
  readonly ACL?: string | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly ServerSideEncryption?: ServerSideEncryption | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly StorageClass?: StorageClass | undefined;
  readonly Tagging?: string | undefined;
}

const storageClasses: ReadonlySet<string> = new Set(Object.values(StorageClass));

/** What a request says of the object that it puts; its encryption is the bucket's unless it says another. */
export function descriptionOf(input: DescriptionInput, { configuration }: Bucket): ObjectDescription {
  if (input.ACL !== undefined && input.ACL !== 'bucket-owner-full-control') {
    throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  if (input.SSECustomerAlgorithm !== undefined) {
    throw notServed('encryption with keys of customers (SSE-C)');
  }
  if (input.StorageClass !== undefined && !storageClasses.has(input.StorageClass)) {
    throw new AwsError('InvalidStorageClass', 'The storage class you specified is not valid');
  }
  const byDefault = configuration.encryption.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  return {
    headers: headersOf(input),
    metadata: input.Metadata ?? {},
    storageClass: input.StorageClass ?? 'STANDARD',
    encryption: input.ServerSideEncryption ?? byDefault?.SSEAlgorithm ?? 'AES256',
    kmsKeyId: input.SSEKMSKeyId ?? byDefault?.KMSMasterKeyID,
    tags: tagsOfHeader(input.Tagging),
  };
}

/** An object as GetObject and HeadObject describe it. */
export function toldOf(bucket: Bucket, version: ObjectOfVersion, checksumMode: string | undefined) {
  const { object, lastModified } = version;
  return {
    ...object.headers,
    ContentType: object.headers.ContentType ?? 'binary/octet-stream',
    AcceptRanges: 'bytes',
    ETag: object.etag,
    LastModified: lastModified,
    Metadata: { ...object.metadata },
    VersionId: bucket.toldVersionId(version),
    // As S3 has it, only a class other than the standard one is named.
    StorageClass: object.storageClass === 'STANDARD' ? undefined : object.storageClass,
    TagCount: object.tags.length || undefined,
    ...encryptionOf(object),
    ...(checksumMode === 'ENABLED' && object.checksums),
  };
}

export const encryptionOf = ({ encryption, kmsKeyId }: ObjectDescription) => ({
  ServerSideEncryption: encryption,
  SSEKMSKeyId: kmsKeyId,
});

function headersOf(input: ObjectHeaders): ObjectHeaders {
  const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType, Expires } = input;
  // What the transfer was encoded in is not what the object is.
  const encodings = ContentEncoding?.split(',').filter((encoding) => encoding.trim() !== 'aws-chunked');
  return {
    CacheControl,
    ContentDisposition,
    ContentEncoding: encodings?.join(',') || undefined,
    ContentLanguage,
    ContentType,
    Expires,
    WebsiteRedirectLocation: input.WebsiteRedirectLocation,
  };
}
