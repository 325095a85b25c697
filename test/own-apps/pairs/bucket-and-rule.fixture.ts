import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { RemovalPolicy } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import type { Pair } from './pair.fixture.ts';

/** A bucket that tells EventBridge, whose rule tells a queue in words of its own; the second version has other words. */
export const bucketAndRule: Pair = {
  name: 'BucketAndRule',
  build: (stack, version) => {
    const bucket = new Bucket(stack, 'Files', {
      eventBridgeEnabled: true,
      autoDeleteObjects: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const queue = new Queue(stack, 'Told');
    const words = version === 1 ? 'There is' : 'Now there is';
    const message = RuleTargetInput.fromText(`${words} ${EventField.fromPath('$.detail.object.key')}`);
    new Rule(stack, 'Uploads', {
      eventPattern: { source: ['aws.s3'], detail: { bucket: { name: [bucket.bucketName] } } },
      targets: [new SqsQueue(queue, { message })],
    });
    return { Bucket: bucket.bucketName, Queue: queue.queueUrl };
  },
  use: async ({ client, output, messages, fresh }, version) => {
    await client(S3Client).send(new PutObjectCommand({ Bucket: output('Bucket'), Key: fresh, Body: 'x' }));
    expect(await messages('Queue')).toEqual([`"${version === 1 ? 'There is' : 'Now there is'} ${fresh}"`]);
  },
};
