import { AwsError } from '../../wire/operation.ts';
import { noSuchKey, preconditionFailed } from './errors.ts';
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
      throw preconditionFailed();
    }
  } else if (IfUnmodifiedSince && !isOlder(IfUnmodifiedSince)) {
    throw preconditionFailed();
  }
  if (IfNoneMatch !== undefined) {
    if (matches(IfNoneMatch, object)) {
      throw notModified();
    }
  } else if (IfModifiedSince && isOlder(IfModifiedSince)) {
    throw notModified();
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
    throw preconditionFailed();
  }
  if (IfMatch === undefined) {
    return;
  }
  if (!current) {
    throw noSuchKey();
  }
  if (!matches(IfMatch, current)) {
    throw preconditionFailed();
  }
}

function matches(tags: string, { etag }: StoredObject): boolean {
  return tags.split(',').some((tag) => {
    const bare = tag.trim().replaceAll('"', '');
    return bare === '*' || bare === etag.replaceAll('"', '');
  });
}

const notModified = (): AwsError => new AwsError('NotModified', 'Not Modified', 304);
