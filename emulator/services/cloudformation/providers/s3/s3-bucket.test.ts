import { expect, test } from 'vitest';
import { internalCall } from '../../../../wire/operation.ts';
import { createS3 } from '../../../s3/s3.ts';
import { make, region } from '../provider.fixture.ts';
import { s3Bucket } from './s3-bucket.ts';

const queue = 'arn:aws:sqs:eu-west-1:000000000000:seen';
const told: string[] = [];
const destinations = {
  send: async (arn: string) => void told.push(arn),
  hasFunction: () => true,
  putEvent: () => undefined,
};

/** Each property as a template writes it, and as the API then has it. */
test('AWS::S3::Bucket: CORS, notifications, logs and websites are put, and taken away', async () => {
  const s3 = createS3(region, destinations).operations;
  const { physicalId: logs } = await make(s3Bucket(s3), { BucketName: 'the-logs' });
  const bucket = await make(s3Bucket(s3), {
    CorsConfiguration: {
      CorsRules: [
        { Id: 'shop', AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAge: '60', ExposedHeaders: ['ETag'] },
      ],
    },
    LoggingConfiguration: { DestinationBucketName: logs, LogFilePrefix: 'access/' },
    NotificationConfiguration: {
      EventBridgeConfiguration: { EventBridgeEnabled: 'true' },
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Queue: queue,
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } },
        },
      ],
    },
    WebsiteConfiguration: {
      IndexDocument: 'index.html',
      ErrorDocument: 'error.html',
      RoutingRules: [{ RedirectRule: { HostName: 'other' }, RoutingRuleCondition: { KeyPrefixEquals: 'old/' } }],
    },
  });
  const Bucket = bucket.physicalId;
  const of = { Bucket };
  expect(bucket.attributes['WebsiteURL']).toBe(`http://${Bucket}.s3-website-eu-west-1.amazonaws.com`);
  expect(await s3.GetBucketCors(of, internalCall())).toEqual({
    CORSRules: [
      { ID: 'shop', AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAgeSeconds: 60, ExposeHeaders: ['ETag'] },
    ],
  });
  expect(await s3.GetBucketLogging(of, internalCall())).toEqual({
    LoggingEnabled: { TargetBucket: logs, TargetPrefix: 'access/' },
  });
  expect(await s3.GetBucketNotificationConfiguration(of, internalCall())).toMatchObject({
    EventBridgeConfiguration: {},
    QueueConfigurations: [
      {
        Events: ['s3:ObjectCreated:*'],
        QueueArn: queue,
        Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } },
      },
    ],
  });
  expect(told).toEqual([queue]);
  expect(await s3.GetBucketWebsite(of, internalCall())).toEqual({
    IndexDocument: { Suffix: 'index.html' },
    ErrorDocument: { Key: 'error.html' },
    RoutingRules: [{ Redirect: { HostName: 'other' }, Condition: { KeyPrefixEquals: 'old/' } }],
  });

  await bucket.change({});
  for (const [read, code] of [
    [s3.GetBucketCors, 'NoSuchCORSConfiguration'],
    [s3.GetBucketWebsite, 'NoSuchWebsiteConfiguration'],
  ] as const) {
    await expect((async () => read(of, internalCall()))()).rejects.toMatchObject({ name: code });
  }
  expect(await s3.GetBucketLogging(of, internalCall())).toEqual({});
  expect((await s3.GetBucketNotificationConfiguration(of, internalCall())).QueueConfigurations).toBeUndefined();
});

test('AWS::S3::Bucket: what a notification cannot be is refused by its name', async () => {
  const provider = s3Bucket(createS3(region).operations);
  const NotificationConfiguration = { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Colour: 'red' }] };
  await expect(make(provider, { NotificationConfiguration })).rejects.toThrow('[Colour]');
});
