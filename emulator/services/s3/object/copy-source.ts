import { invalidArgument, preconditionFailed } from '../errors.ts';
import type { ObjectOfVersion } from './object-version.ts';
import { assertReadable } from './preconditions.ts';

/**
 * `bucket/key` or `/bucket/key?versionId=ID`, URL-encoded.
 * @throws InvalidArgument
 */
export function sourceOf(copySource = '') {
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

/** What CopyObject and UploadPartCopy say of their source. */
export interface CopyPreconditions {
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
}

/** A copy whose source is not what it was to be is refused with 412, also where a read would say 304. */
export function assertCopyable(input: CopyPreconditions, source: ObjectOfVersion): void {
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
    throw preconditionFailed(conditionOf(input));
  }
}

function conditionOf(input: CopyPreconditions): string {
  const [, name = ''] =
    (
      [
        [input.CopySourceIfMatch, 'match'],
        [input.CopySourceIfUnmodifiedSince, 'unmodified-since'],
        [input.CopySourceIfNoneMatch, 'none-match'],
        [input.CopySourceIfModifiedSince, 'modified-since'],
      ] as const
    ).find(([value]) => value !== undefined) ?? [];
  return `x-amz-copy-source-if-${name}`;
}
