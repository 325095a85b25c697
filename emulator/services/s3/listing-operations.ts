import type * as s3 from '@aws-sdk/client-s3';
import type { Handlers } from '../../wire/operation.ts';
import type { Bucket } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import { invalidArgument } from './errors.ts';
import { listing, maxKeys } from './listing.ts';
import type { ObjectOfVersion, ObjectVersion } from './object/object-version.ts';

/** What is in a bucket: its objects, in both versions of the operation, and the versions of its objects. */
export const listingOperations = (buckets: Buckets) =>
  ({
    ListObjectsV2: (input) => {
      const bucket = buckets.get(input);
      const { StartAfter = '', ContinuationToken } = input;
      const after = ContinuationToken === undefined ? StartAfter : fromToken(ContinuationToken);
      const page = pageOf(objectsAfter(bucket, after), input, after);
      return {
        ...page.told,
        ...(input.StartAfter !== undefined && { StartAfter: page.encode(StartAfter) }),
        ContinuationToken,
        KeyCount: page.entries.length + page.told.CommonPrefixes.length,
        NextContinuationToken: page.next === undefined ? undefined : toToken(page.next),
        Contents: page.entries.map((entry) => contentOf(entry, page.encode)),
      };
    },

    ListObjects: (input) => {
      const { Marker = '' } = input;
      const page = pageOf(objectsAfter(buckets.get(input), Marker), input, Marker);
      return {
        ...page.told,
        Marker: page.encode(Marker),
        NextMarker: page.next === undefined ? undefined : page.encode(page.next),
        Contents: page.entries.map((entry) => contentOf(entry, page.encode)),
      };
    },

    ListObjectVersions: (input) => {
      const bucket = buckets.get(input);
      const { KeyMarker = '', VersionIdMarker } = input;
      const page = pageOf(versionsAfter(bucket, KeyMarker, VersionIdMarker), input, KeyMarker);
      const told = (version: ObjectVersion) => ({
        Key: page.encode(version.key),
        VersionId: version.versionId,
        IsLatest: bucket.version(version.key)?.versionId === version.versionId,
        LastModified: version.lastModified,
      });
      return {
        ...page.told,
        KeyMarker: page.encode(KeyMarker),
        VersionIdMarker,
        NextKeyMarker: page.next === undefined ? undefined : page.encode(page.next),
        NextVersionIdMarker: page.nextVersionId,
        Versions: page.entries.filter(isObject).map((version) => ({
          ...told(version),
          ETag: version.object.etag,
          Size: version.object.body.byteLength,
          StorageClass: 'STANDARD' as const,
        })),
        DeleteMarkers: page.entries.filter((version) => !isObject(version)).map(told),
      };
    },
  }) satisfies Handlers<typeof s3>;

interface ListInput {
  readonly Bucket?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly EncodingType?: s3.EncodingType | undefined;
}

/** A page, and what all three operations tell of it. Keys are URL-encoded for a client that asks for it. */
function pageOf<Entry extends ObjectVersion>(sorted: readonly Entry[], input: ListInput, after: string) {
  const { Bucket: Name, Prefix = '', Delimiter, MaxKeys = maxKeys, EncodingType } = input;
  if (MaxKeys < 0) {
    throw invalidArgument('Argument maxKeys must be an integer between 0 and 2147483647');
  }
  const limit = Math.min(MaxKeys, maxKeys);
  const { entries, commonPrefixes, last } = listing(sorted, { prefix: Prefix, delimiter: Delimiter, after, limit });
  const encode = (key: string) => (EncodingType === 'url' ? encodeURIComponent(key).replaceAll('%2F', '/') : key);
  return {
    entries,
    encode,
    next: typeof last === 'string' ? last : last?.key,
    nextVersionId: typeof last === 'string' ? undefined : last?.versionId,
    told: {
      Name,
      Prefix: encode(Prefix),
      ...(Delimiter && { Delimiter: encode(Delimiter) }),
      ...(EncodingType && { EncodingType }),
      MaxKeys: limit,
      IsTruncated: last !== undefined,
      CommonPrefixes: commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    },
  };
}

const isObject = (version: ObjectVersion): version is ObjectOfVersion => version.object !== undefined;

function objectsAfter(bucket: Bucket, after: string): ObjectOfVersion[] {
  return bucket.keys().flatMap((key) => (key > after ? bucket.versions(key).slice(0, 1).filter(isObject) : []));
}

/** With a version's id, the older versions of the marked key come first. */
function versionsAfter(bucket: Bucket, keyMarker: string, versionId: string | undefined): ObjectVersion[] {
  const marked = bucket.versions(keyMarker);
  const position = versionId === undefined ? -1 : marked.findIndex((version) => version.versionId === versionId);
  const older = position === -1 ? [] : marked.slice(position + 1);
  return [...older, ...bucket.keys().flatMap((key) => (key > keyMarker ? bucket.versions(key) : []))];
}

function contentOf({ key, lastModified, object }: ObjectOfVersion, encode: (key: string) => string) {
  const { body, etag, storageClass } = object;
  // Every class of an object has a name among those of storage as well.
  const StorageClass = storageClass as s3.ObjectStorageClass;
  return { Key: encode(key), Size: body.byteLength, ETag: etag, LastModified: lastModified, StorageClass };
}

const toToken = (key: string): string => Buffer.from(key).toString('base64url');
const fromToken = (token: string): string => Buffer.from(token, 'base64url').toString();
