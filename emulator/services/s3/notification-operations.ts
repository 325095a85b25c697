import type * as s3 from '@aws-sdk/client-s3';
import type { Handlers } from '../../wire/operation.ts';
import type { Bucket } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import type { Notifications } from './notification/notifications.ts';
import type { StoredObject } from './object/object-version.ts';

/** What a bucket tells of its objects, and whom. */
export const notificationOperations = (buckets: Buckets, notifications: Notifications) =>
  ({
    GetBucketNotificationConfiguration: (input) => buckets.get(input).configuration.notifications ?? {},
    PutBucketNotificationConfiguration: async (input) => {
      const bucket = buckets.get(input);
      const { NotificationConfiguration = {}, SkipDestinationValidation = false } = input;
      bucket.configuration.notifications = await notifications.accept(
        bucket.name,
        NotificationConfiguration,
        SkipDestinationValidation,
      );
      return {};
    },
  }) satisfies Handlers<typeof s3>;

/** Tells of a change of an object, undefined where it is gone. */
export function tellOfObject(
  notifications: Pick<Notifications, 'tell'>,
  bucket: Bucket,
  name: string,
  key: string,
  object: StoredObject | undefined,
  versionId: string | undefined,
): void {
  const { size, etag } = { size: object?.body.byteLength, etag: object?.etag };
  notifications.tell(bucket.configuration.notifications, { name, bucket, key, size, etag, versionId });
}
