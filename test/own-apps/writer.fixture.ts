import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const client = new S3Client();

/** Puts an object into the bucket, which CDK's own handler has to empty before the bucket can go. */
export async function handler({ key }: { readonly key: string }): Promise<string> {
  await client.send(new PutObjectCommand({ Bucket: process.env['BUCKET'], Key: key, Body: 'crumbs' }));
  return key;
}
