import * as s3 from '@aws-sdk/client-s3';
import type { RequestHead } from '../../wire/http.ts';
import type { Handlers, Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';
import { accessListOperations } from './access-list-operations.ts';
import { bucketOperations } from './bucket-operations.ts';
import { Buckets } from './buckets.ts';
import { configurationOperations } from './configuration-operations.ts';
import { corsOperations } from './cors-operations.ts';
import { crossOrigin } from './cross-origin.ts';
import { listingOperations } from './listing-operations.ts';
import { multipartOperations } from './multipart-operations.ts';
import { type NotificationDestinations, Notifications } from './notification/notifications.ts';
import { notificationOperations } from './notification-operations.ts';
import { objectAttributeOperations } from './object-attributes.ts';
import { objectOperations } from './object-operations.ts';
import { objectTagOperations } from './object-tag-operations.ts';

/** AWS takes 5 GB at once; here objects are kept in memory. */
const objectLimit = 80 * 1024 * 1024;

const model = serviceModel('s3', s3, {
  xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  bucketInPath: true,
  bodyLimit: objectLimit,
});

/**
 * S3: buckets and objects in memory, addressed by path (`http://endpoint/bucket/key`). One instance serves all regions.
 * Less than AWS: no access lists, object lock or replication; lifecycle rules and policies are kept and change nothing. A
 * page of another origin may use presigned URLs where the bucket's CORS rules say so, and nothing else of the API.
 */
export function createS3({ accountId }: Pick<Region, 'accountId'>, destinations?: NotificationDestinations) {
  const buckets = new Buckets(accountId);
  const notifications = new Notifications(accountId, destinations);
  const handlers = {
    ...accessListOperations(buckets),
    ...bucketOperations(buckets),
    ...corsOperations(buckets),
    ...configurationOperations(buckets),
    ...notificationOperations(buckets, notifications),
    ...listingOperations(buckets),
    ...multipartOperations(buckets, notifications),
    ...objectAttributeOperations(buckets),
    ...objectOperations(buckets, notifications),
    ...objectTagOperations(buckets, notifications),
  } satisfies Handlers<typeof s3>;
  const operations: Required<Pick<Handlers<typeof s3>, keyof typeof handlers>> = handlers;
  return {
    service: service<typeof s3>(model, operations),
    operations,
    /** What a page of another origin may have of a bucket, by its presigned URLs alone. */
    crossOrigin: (head: RequestHead) => crossOrigin(buckets, head),
    /** An object's bytes, for the services beside it. @throws NoSuchBucket, NoSuchKey */
    getObject: async (Bucket: string, Key: string): Promise<Uint8Array> =>
      buckets.get({ Bucket }).get({ Key }).object.body,
  };
}
