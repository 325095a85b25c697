import { DeleteObjectCommand, GetBucketCorsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { RemovalPolicy } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, type CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import type { Pair } from './pair.fixture.ts';

/** A bucket that tells a queue by its own property, and has CORS rules; the second version tells of deletions. */
export const bucketAndQueue: Pair = {
  name: 'BucketAndQueue',
  build: (stack, version) => {
    const queue = new Queue(stack, 'Told');
    queue.grantSendMessages(new ServicePrincipal('s3.amazonaws.com'));
    const bucket = new Bucket(stack, 'Files', {
      removalPolicy: RemovalPolicy.DESTROY,
      cors: [{ allowedMethods: [HttpMethods.GET], allowedOrigins: [`https://v${version}.example`] }],
    });
    const event = version === 1 ? 's3:ObjectCreated:Put' : 's3:ObjectRemoved:*';
    const notifications = { queueConfigurations: [{ event, queue: queue.queueArn }] };
    (bucket.node.defaultChild as CfnBucket).notificationConfiguration = notifications;
    bucket.node.addDependency(queue);
    return { Bucket: bucket.bucketName, Queue: queue.queueUrl };
  },
  use: async ({ client, output, messages, fresh }, version) => {
    const of = { Bucket: output('Bucket'), Key: fresh };
    const { CORSRules } = await client(S3Client).send(new GetBucketCorsCommand(of));
    expect(CORSRules).toMatchObject([{ AllowedOrigins: [`https://v${version}.example`] }]);
    await client(S3Client).send(new PutObjectCommand({ ...of, Body: 'x' }));
    await client(S3Client).send(new DeleteObjectCommand(of));
    const isTest = (body: string) => body.includes('s3:TestEvent');
    let told: string[] = [];
    while (told.length === 0) {
      told = (await messages('Queue')).filter((body) => !isTest(body));
    }
    const eventName = version === 1 ? 'ObjectCreated:Put' : 'ObjectRemoved:Delete';
    expect(JSON.parse(told[0] ?? '{}').Records).toMatchObject([{ eventName, s3: { object: { key: fresh } } }]);
  },
};
