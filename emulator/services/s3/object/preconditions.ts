import { AwsError, DetailedError } from '../../../wire/operation.ts';
import { noSuchKey, preconditionFailed } from '../errors.ts';
import type { ObjectOfVersion, StoredObject } from './object-version.ts';

interface ReadPreconditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/**
 * Whether an object may be read. A tag, where both are given, goes before a date. Source: Amazon S3 User Guide, "How to
 * retrieve or copy objects based on metadata with conditional reads".
 * @throws PreconditionFailed, or a NotModified of status 304
 */
export function assertReadable(conditions: ReadPreconditions, { object, lastModified }: ObjectOfVersion): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  // Headers have whole seconds.
  const modified = Math.floor(lastModified.getTime() / 1000);
  const isOlder = (date: Date) => modified <= Math.floor(date.getTime() / 1000);
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, object)) {
      throw preconditionFailed('If-Match');
    }
  } else if (IfUnmodifiedSince && !isOlder(IfUnmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (IfNoneMatch !== undefined) {
    if (matches(IfNoneMatch, object)) {
      throw notModified(object, lastModified);
    }
  } else if (IfModifiedSince && isOlder(IfModifiedSince)) {
    throw notModified(object, lastModified);
  }
}

/**
 * Whether an object may be put in the place of the one that is there. Source: Amazon S3 User Guide, "How to prevent object
 * overwrites with conditional writes".
 * @throws PreconditionFailed, NoSuchKey
 */
export function assertWritable(
  { IfMatch, IfNoneMatch }: Pick<ReadPreconditions, 'IfMatch' | 'IfNoneMatch'>,
  current: StoredObject | undefined,
): void {
  if (IfNoneMatch !== undefined && current && matches(IfNoneMatch, current)) {
    throw preconditionFailed('If-None-Match');
  }
  if (IfMatch === undefined) {
    return;
  }
  if (!current) {
    throw noSuchKey();
  }
  if (!matches(IfMatch, current)) {
    throw preconditionFailed('If-Match');
  }
}

/** What a deletion says of the object that it is to take away. */
export interface DeletionPreconditions {
  readonly IfMatch?: string | undefined;
  readonly IfMatchLastModifiedTime?: Date | undefined;
  readonly IfMatchSize?: number | undefined;
}

/**
 * Whether an object may be deleted. Source: Amazon S3 User Guide, "How to perform conditional deletes".
 * @throws PreconditionFailed, NoSuchKey
 */
export function assertDeletable(conditions: DeletionPreconditions, current: ObjectOfVersion | undefined): void {
  const { IfMatch, IfMatchLastModifiedTime, IfMatchSize } = conditions;
  if (IfMatch === undefined && IfMatchLastModifiedTime === undefined && IfMatchSize === undefined) {
    return;
  }
  if (!current) {
    throw noSuchKey();
  }
  const { object, lastModified } = current;
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
  if (IfMatch !== undefined && !matches(IfMatch, object)) {
    throw preconditionFailed('If-Match');
  }
  if (IfMatchLastModifiedTime && seconds(IfMatchLastModifiedTime) !== seconds(lastModified)) {
    throw preconditionFailed('x-amz-if-match-last-modified-time');
  }
  if (IfMatchSize !== undefined && IfMatchSize !== object.body.byteLength) {
    throw preconditionFailed('x-amz-if-match-size');
  }
}

function matches(tags: string, { etag }: StoredObject): boolean {
  return tags.split(',').some((tag) => {
    const bare = tag.trim().replaceAll('"', '');
    return bare === '*' || bare === etag.replaceAll('"', '');
  });
}

const notModified = ({ etag }: StoredObject, lastModified: Date): AwsError =>
  new DetailedError(
    new AwsError('NotModified', 'Not Modified', 304),
    {},
    { etag, 'last-modified': lastModified.toUTCString() },
  );
