import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { expect } from 'vitest';
import { functionOf, tableOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** An upload whose function notes the object's tags; the second version listens to another ending. */
export const bucketAndTable: Pair = {
  name: 'BucketAndTable',
  build: (stack, version) => {
    const bucket = new Bucket(stack, 'Files', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    const table = tableOf(stack, 'Noted');
    const noter = functionOf(
      stack,
      'Noter',
      `for (const { s3: { bucket, object } } of event.Records) {
        const { TagSet } = await send('s3', 'GetObjectTagging', { Bucket: bucket.name, Key: object.key });
        const Item = { id: { S: object.key }, tags: { S: TagSet.map(({ Key, Value }) => Key + '=' + Value).join() } };
        await send('dynamodb', 'PutItem', { TableName: process.env.TABLE, Item });
      }`,
      { environment: { TABLE: table.tableName } },
    );
    bucket.grantRead(noter);
    table.grantWriteData(noter);
    const suffix = version === 1 ? '.txt' : '.md';
    bucket.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(noter), { suffix });
    return { Bucket: bucket.bucketName, Table: table.tableName };
  },
  use: async ({ client, output, item, fresh }, version) => {
    const Key = `${fresh}${version === 1 ? '.txt' : '.md'}`;
    await client(S3Client).send(
      new PutObjectCommand({ Bucket: output('Bucket'), Key, Body: 'x', Tagging: 'kind=dry' }),
    );
    expect(await item('Table', Key)).toEqual({ id: Key, tags: 'kind=dry' });
  },
};
