import type * as s3 from '@aws-sdk/client-s3';
import { AwsError, type Handlers } from '../../wire/operation.ts';
import type { Buckets } from './buckets.ts';
import { invalidArgument, notServed } from './errors.ts';

/** Where a bucket is that no location was said for. */
const defaultLocation = 'us-east-1';

const maxBuckets = 10_000;

export const bucketOperations = (buckets: Buckets) =>
  ({
    CreateBucket: (input, { region }) => {
      const { Bucket = '', CreateBucketConfiguration: configuration, ACL, ObjectLockEnabledForBucket } = input;
      if (ACL !== undefined && ACL !== 'private') {
        throw notServed(`ACL ${ACL}`);
      }
      if (ObjectLockEnabledForBucket) {
        throw notServed('ObjectLockEnabledForBucket');
      }
      assertLocation(configuration?.LocationConstraint, region);
      const bucket = buckets.create(Bucket, configuration?.LocationConstraint ?? defaultLocation);
      if (configuration?.Tags) {
        bucket.configuration.tags = configuration.Tags;
      }
      return { Location: `/${Bucket}` };
    },

    HeadBucket: (input) => ({ BucketRegion: buckets.get(input).location, AccessPointAlias: false }),

    DeleteBucket: (input) => {
      const bucket = buckets.get(input);
      if (!bucket.isEmpty) {
        const message = bucket.versioning
          ? 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
          : 'The bucket you tried to delete is not empty';
        throw new AwsError('BucketNotEmpty', message, 409);
      }
      buckets.delete(bucket);
      return {};
    },

    /** Absent of a bucket in us-east-1, as ever. */
    GetBucketLocation: (input) => {
      const { location } = buckets.get(input);
      return location === defaultLocation ? {} : { LocationConstraint: location as s3.BucketLocationConstraint };
    },

    ListBuckets: ({ Prefix = '', BucketRegion, MaxBuckets = maxBuckets, ContinuationToken }) => {
      if (MaxBuckets < 1 || MaxBuckets > maxBuckets) {
        throw invalidArgument(`Argument max-buckets must be an integer between 1 and ${maxBuckets}`);
      }
      const after = Buffer.from(ContinuationToken ?? '', 'base64url').toString();
      const found = buckets
        .all()
        .filter(({ name, location }) => name.startsWith(Prefix) && (BucketRegion ?? location) === location)
        .filter(({ name }) => name > after);
      const page = found.slice(0, MaxBuckets);
      const last = page.at(-1);
      return {
        Buckets: page.map(({ name, created, location }) => ({
          Name: name,
          CreationDate: created,
          BucketRegion: location,
          BucketArn: `arn:aws:s3:::${name}`,
        })),
        Owner: { ID: buckets.accountId },
        ...(Prefix && { Prefix }),
        ...(last && found.length > page.length && { ContinuationToken: Buffer.from(last.name).toString('base64url') }),
      };
    },
  }) satisfies Handlers<typeof s3>;

/**
 * Of another region than us-east-1, a bucket is made in it and says so; the endpoint of us-east-1 takes any other (verified on AWS).
 * @param region of the call
 * @throws InvalidLocationConstraint, IllegalLocationConstraintException
 */
function assertLocation(location: string | undefined, region = defaultLocation): void {
  if (location === defaultLocation || (location !== undefined && !/^(EU|[a-z]{2}(-[a-z]+)+-\d)$/.test(location))) {
    throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid');
  }
  if (region !== defaultLocation && location !== region && !(location === 'EU' && region === 'eu-west-1')) {
    const message = `The ${location ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`;
    throw new AwsError('IllegalLocationConstraintException', message);
  }
}
