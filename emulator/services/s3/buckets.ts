import * as s3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/operation.ts';
import { Bucket } from './bucket.ts';
import { noSuchBucket } from './errors.ts';

/** What every operation on a bucket says of it. */
export interface BucketReference {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** All buckets. Their names are global: whatever the region of a call, it finds them. */
export class Buckets {
  readonly accountId: string;
  readonly #buckets = new Map<string, Bucket>();

  constructor(accountId: string) {
    this.accountId = accountId;
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** @throws NoSuchBucket, AccessDenied */
  get({ Bucket: name = '', ExpectedBucketOwner }: BucketReference): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) {
      throw noSuchBucket();
    }
    if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== this.accountId) {
      throw new AwsError('AccessDenied', 'Access Denied', 403);
    }
    return bucket;
  }

  /**
   * Makes a bucket. One's own is not made twice, except that in us-east-1 S3 answers with the one that is there.
   * @throws InvalidBucketName, BucketAlreadyOwnedByYou
   */
  create(name: string, location: string): Bucket {
    if (!namePattern.test(name) || name.includes('..')) {
      throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
    }
    const present = this.#buckets.get(name);
    if (present && location === 'us-east-1' && present.location === location) {
      return present;
    }
    if (present) {
      const message = 'Your previous request to create the named bucket succeeded and you already own it.';
      throw new s3.BucketAlreadyOwnedByYou({ message, $metadata: {} });
    }
    const bucket = new Bucket(name, location);
    this.#buckets.set(name, bucket);
    return bucket;
  }

  delete({ name }: Bucket): void {
    this.#buckets.delete(name);
  }

  /** By name. */
  all(): Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** Source: Amazon S3 User Guide, "General purpose bucket naming rules". */
const namePattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
