import { S3, type S3ClientConfig } from '@aws-sdk/client-s3';
import { serve } from '../../gateway.fixture.ts';
import { createS3 } from './s3.ts';

export const Bucket = 'cookies';

/** The real client of an S3 that lives until the test ends, and has one bucket. */
export async function connect(options: S3ClientConfig = {}) {
  const { getObject, service } = createS3({ accountId: '000000000000' });
  const { url, configuration } = await serve([service]);
  const client = new S3({ ...configuration, forcePathStyle: true, ...options });
  await client.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  return { client, getObject, url };
}
