import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { internalCall } from '../../../../wire/operation.ts';
import { validationError } from '../../errors.ts';
import type { Properties, Resource, ResourceContext, ResourceProvider } from '../../provider.ts';
import { apiInput } from '../api-input.ts';
import { complete } from '../completion.ts';
import { ifPresent, isNotFound, unlessGone } from '../gone.ts';
import { isChanged } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { tagList } from '../tags.ts';
import { corsOf, encryptionOf, lifecycleOf, loggingOf, websiteOf } from './s3-bucket-configuration.ts';
import { notificationsOf } from './s3-notification-configuration.ts';

/** What has no service behind it here, and whose absence no function sees. */
const recorded = {
  AccelerateConfiguration: 'there is one way to a bucket',
  AnalyticsConfigurations: 'nothing is analysed',
  IntelligentTieringConfigurations: 'objects are in memory',
  InventoryConfigurations: 'no inventory is written',
  MetricsConfigurations: 'this endpoint has no CloudWatch metrics',
  ReplicationConfiguration: 'nothing is copied to another bucket',
};

/** Source: CloudFormation User Guide, "AWS::S3::Bucket". `Ref` is the bucket's name; one that holds objects is not deleted. */
export function s3Bucket(s3: ServiceOperations['s3']): ResourceProvider {
  /** How each part of a bucket's configuration is put, and taken away where a template no longer has it. */
  const parts: Readonly<
    Record<string, { put(Bucket: string, property: unknown): unknown; remove(Bucket: string): unknown }>
  > = {
    AccessControl: { put: (_bucket, acl) => assertPrivate(acl), remove: () => undefined },
    CorsConfiguration: {
      put: (Bucket, property) => {
        const input = { Bucket, CORSConfiguration: corsOf(property) };
        return s3.PutBucketCors(apiInput(PutBucketCorsCommand, input), internalCall());
      },
      remove: (Bucket) => s3.DeleteBucketCors({ Bucket }, internalCall()),
    },
    BucketEncryption: {
      put: (Bucket, property) => {
        const input = { Bucket, ServerSideEncryptionConfiguration: encryptionOf(property) };
        return s3.PutBucketEncryption(apiInput(PutBucketEncryptionCommand, input), internalCall());
      },
      remove: (Bucket) => s3.DeleteBucketEncryption({ Bucket }, internalCall()),
    },
    LifecycleConfiguration: {
      put: (Bucket, property) => {
        const input = { Bucket, LifecycleConfiguration: lifecycleOf(property) };
        return s3.PutBucketLifecycleConfiguration(
          apiInput(PutBucketLifecycleConfigurationCommand, input),
          internalCall(),
        );
      },
      remove: (Bucket) => s3.DeleteBucketLifecycle({ Bucket }, internalCall()),
    },
    LoggingConfiguration: {
      put: (Bucket, property) => {
        const input = { Bucket, BucketLoggingStatus: loggingOf(property, Bucket) };
        return s3.PutBucketLogging(apiInput(PutBucketLoggingCommand, input), internalCall());
      },
      remove: (Bucket) => s3.PutBucketLogging({ Bucket, BucketLoggingStatus: {} }, internalCall()),
    },
    NotificationConfiguration: {
      put: (Bucket, property) => {
        const input = { Bucket, NotificationConfiguration: notificationsOf(property) };
        return s3.PutBucketNotificationConfiguration(
          apiInput(PutBucketNotificationConfigurationCommand, input),
          internalCall(),
        );
      },
      remove: (Bucket) =>
        s3.PutBucketNotificationConfiguration({ Bucket, NotificationConfiguration: {} }, internalCall()),
    },
    OwnershipControls: {
      put: (Bucket, OwnershipControls) => {
        const input = apiInput(PutBucketOwnershipControlsCommand, { Bucket, OwnershipControls });
        return s3.PutBucketOwnershipControls(input, internalCall());
      },
      remove: (Bucket) => s3.DeleteBucketOwnershipControls({ Bucket }, internalCall()),
    },
    PublicAccessBlockConfiguration: {
      put: (Bucket, PublicAccessBlockConfiguration) => {
        const input = apiInput(PutPublicAccessBlockCommand, { Bucket, PublicAccessBlockConfiguration });
        return s3.PutPublicAccessBlock(input, internalCall());
      },
      remove: (Bucket) => s3.DeletePublicAccessBlock({ Bucket }, internalCall()),
    },
    Tags: {
      put: (Bucket, tags) => s3.PutBucketTagging({ Bucket, Tagging: { TagSet: tagList(tags) } }, internalCall()),
      remove: (Bucket) => s3.DeleteBucketTagging({ Bucket }, internalCall()),
    },
    WebsiteConfiguration: {
      put: (Bucket, property) => {
        const input = { Bucket, WebsiteConfiguration: websiteOf(property) };
        return s3.PutBucketWebsite(apiInput(PutBucketWebsiteCommand, input), internalCall());
      },
      remove: (Bucket) => s3.DeleteBucketWebsite({ Bucket }, internalCall()),
    },
    VersioningConfiguration: {
      put: (Bucket, VersioningConfiguration) => {
        const input = apiInput(PutBucketVersioningCommand, { Bucket, VersioningConfiguration });
        return s3.PutBucketVersioning(input, internalCall());
      },
      // A bucket that once had versions can only stop making more.
      remove: (Bucket) =>
        s3.PutBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }, internalCall()),
    },
  };

  return {
    type: 'AWS::S3::Bucket',
    recorded,
    nameProperty: 'BucketName',
    properties: {
      ...Object.fromEntries(Object.keys(recorded).map((name) => [name, 'in place'] as const)),
      AccessControl: 'in place',
      BucketEncryption: 'in place',
      BucketName: 'replacement',
      CorsConfiguration: 'in place',
      LifecycleConfiguration: 'in place',
      LoggingConfiguration: 'in place',
      NotificationConfiguration: 'in place',
      OwnershipControls: 'in place',
      PublicAccessBlockConfiguration: 'in place',
      Tags: 'in place',
      VersioningConfiguration: 'in place',
      WebsiteConfiguration: 'in place',
    },
    create: async (properties, context) => {
      const Bucket = await createBucket(properties, context);
      return complete(
        async () => {
          await configure(Bucket, {}, properties);
          return describe(Bucket, context);
        },
        () => s3.DeleteBucket({ Bucket }, internalCall()),
      );
    },
    update: async (bucket, properties, previous) => {
      await configure(bucket.physicalId, previous, properties);
      return bucket;
    },
    delete: ({ physicalId: Bucket }) => unlessGone(() => s3.DeleteBucket({ Bucket }, internalCall())),
    read: ({ physicalId: Bucket }) =>
      ifPresent(async () => {
        const { Status } = await s3.GetBucketVersioning({ Bucket }, internalCall());
        return { VersioningConfiguration: Status && { Status } };
      }),
    identifier: 'BucketName',
    find: (Bucket, context) =>
      ifPresent(async () => {
        await s3.HeadBucket({ Bucket }, internalCall());
        return describe(Bucket, context);
      }),
  };

  async function createBucket({ BucketName }: Properties, { physicalName, region }: ResourceContext): Promise<string> {
    // The API takes no location for the region in which buckets are by default.
    const location = region.name === 'us-east-1' ? undefined : { LocationConstraint: region.name };
    const input = apiInput(CreateBucketCommand, {
      Bucket: BucketName ?? physicalName(63, { lowerCase: true }),
      CreateBucketConfiguration: location,
    });
    const { Bucket = '' } = input;
    await assertUnused(Bucket);
    await s3.CreateBucket(input, internalCall());
    return Bucket;
  }

  /** In us-east-1 CreateBucket answers with a bucket of one's own that exists already; two resources would own it. */
  async function assertUnused(Bucket: string): Promise<void> {
    try {
      await s3.HeadBucket({ Bucket }, internalCall());
    } catch (error) {
      if (isNotFound(error)) {
        return;
      }
      throw error;
    }
    throw new BucketAlreadyOwnedByYou({ message: `${Bucket} already exists`, $metadata: {} });
  }

  async function configure(Bucket: string, previous: Properties, properties: Properties): Promise<void> {
    for (const [name, { put, remove }] of Object.entries(parts)) {
      if (!isChanged(previous, properties, [name])) {
        continue;
      }
      const property = properties[name];
      if (property === undefined) {
        await remove(Bucket);
      } else {
        await put(Bucket, property);
      }
    }
  }
}

function assertPrivate(acl: unknown): void {
  if (acl === 'Private') {
    return;
  }
  throw validationError(`AccessControl ${acl} is not served by this endpoint: buckets are Private.`);
}

function describe(name: string, { region }: ResourceContext): Resource {
  return {
    physicalId: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${region.name}.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region.name}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${region.name}.amazonaws.com`,
    },
  };
}
