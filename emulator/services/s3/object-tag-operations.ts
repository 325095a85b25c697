import type * as s3 from '@aws-sdk/client-s3';
import type { Tag } from '@aws-sdk/client-s3';
import type { Call, Handlers } from '../../wire/operation.ts';
import type { ObjectReference } from './bucket.ts';
import type { BucketReference, Buckets } from './buckets.ts';
import type { Notifications } from './notification/notifications.ts';
import { tellOfObject } from './notification-operations.ts';
import { checkedTags } from './object/object-tags.ts';

/** Tags of objects, which belong to a version of them. */
export function objectTagOperations(buckets: Buckets, notifications: Notifications) {
  function put(input: BucketReference & ObjectReference, tags: readonly Tag[], event: string, call?: Call) {
    const bucket = buckets.get(input);
    const version = bucket.get(input);
    const object = { ...version.object, tags };
    bucket.replace(version, object);
    const VersionId = bucket.toldVersionId(version);
    tellOfObject(notifications.of(call), bucket, event, version.key, object, VersionId);
    return { VersionId };
  }

  return {
    GetObjectTagging: (input) => {
      const bucket = buckets.get(input);
      const version = bucket.get(input);
      return { TagSet: [...version.object.tags], VersionId: bucket.toldVersionId(version) };
    },
    PutObjectTagging: (input, call?: Call) =>
      put(input, checkedTags(input.Tagging?.TagSet ?? []), 'ObjectTagging:Put', call),
    DeleteObjectTagging: (input, call?: Call) => put(input, [], 'ObjectTagging:Delete', call),
  } satisfies Handlers<typeof s3>;
}
