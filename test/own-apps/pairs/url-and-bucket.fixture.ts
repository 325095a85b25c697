import { RemovalPolicy } from 'aws-cdk-lib';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { expect } from 'vitest';
import { functionOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A function URL that keeps what it is sent in a bucket; the second version keeps it below a prefix. */
export const urlAndBucket: Pair = {
  name: 'UrlAndBucket',
  build: (stack, version) => {
    const bucket = new Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    const keeper = functionOf(
      stack,
      'Keeper',
      `const Key = process.env.PREFIX + event.rawPath.slice(1);
      const of = { Bucket: process.env.BUCKET, Key };
      if (event.requestContext.http.method === 'PUT') await send('s3', 'PutObject', { ...of, Body: event.body });
      const { Body } = await send('s3', 'GetObject', of);
      return { statusCode: 200, headers: { 'x-key': Key }, body: await Body.transformToString() };`,
      { environment: { BUCKET: bucket.bucketName, PREFIX: version === 1 ? '' : 'kept/' } },
    );
    bucket.grantReadWrite(keeper);
    return { Url: keeper.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url };
  },
  use: async ({ output, fresh }, version) => {
    const url = `${output('Url')}${fresh}`;
    const put = await fetch(url, { method: 'PUT', body: 'dough' });
    expect([put.status, put.headers.get('x-key')]).toEqual([200, version === 1 ? fresh : `kept/${fresh}`]);
    expect(await (await fetch(url)).text()).toBe('dough');
  },
};
