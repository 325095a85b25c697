import * as s3 from '@aws-sdk/client-s3';
import { AwsError, type Handlers } from '../../wire/operation.ts';
import { defaultEncryption } from './bucket.ts';
import type { Buckets } from './buckets.ts';
import { invalidArgument, malformedXml } from './errors.ts';

/**
 * What is set of a bucket is kept and given back. It changes nothing else but versioning and the encryption that objects
 * are said to have: no policy is enforced, no lifecycle rule moves or deletes anything, no access is logged, and no website is served.
 */
export const configurationOperations = (buckets: Buckets) =>
  ({
    GetBucketVersioning: (input) => {
      const { versioning } = buckets.get(input);
      return versioning ? { Status: versioning } : {};
    },
    PutBucketVersioning: (input) => {
      const bucket = buckets.get(input);
      const { Status } = input.VersioningConfiguration ?? {};
      if (Status !== 'Enabled' && Status !== 'Suspended') {
        throw malformedXml();
      }
      bucket.versioning = Status;
      return {};
    },

    GetBucketEncryption: (input) => ({
      ServerSideEncryptionConfiguration: buckets.get(input).configuration.encryption,
    }),
    PutBucketEncryption: (input) => {
      const { configuration } = buckets.get(input);
      const { ServerSideEncryptionConfiguration: encryption } = input;
      if (!encryption?.Rules?.length || !encryption.Rules.every(isEncryptionRule)) {
        throw malformedXml();
      }
      configuration.encryption = encryption;
      return {};
    },
    /** Goes back to keys of S3's own: a bucket is always encrypted. */
    DeleteBucketEncryption: (input) => {
      buckets.get(input).configuration.encryption = defaultEncryption;
      return {};
    },

    GetBucketPolicy: (input) => ({
      Policy: existing(
        buckets.get(input).configuration.policy,
        'NoSuchBucketPolicy',
        'The bucket policy does not exist',
      ),
    }),
    PutBucketPolicy: (input) => {
      const { configuration } = buckets.get(input);
      configuration.policy = assertJson(input.Policy ?? '');
      return {};
    },
    DeleteBucketPolicy: (input) => {
      buckets.get(input).configuration.policy = undefined;
      return {};
    },

    GetBucketLifecycleConfiguration: (input) => {
      const lifecycle = existing(
        buckets.get(input).configuration.lifecycle,
        'NoSuchLifecycleConfiguration',
        'The lifecycle configuration does not exist',
      );
      return { Rules: lifecycle.rules, TransitionDefaultMinimumObjectSize: lifecycle.minimumSize };
    },
    PutBucketLifecycleConfiguration: (input) => {
      const { configuration } = buckets.get(input);
      const { LifecycleConfiguration, TransitionDefaultMinimumObjectSize: minimumSize } = input;
      const rules = LifecycleConfiguration?.Rules;
      if (!rules?.length) {
        throw malformedXml();
      }
      configuration.lifecycle = { rules, minimumSize };
      return { TransitionDefaultMinimumObjectSize: minimumSize };
    },
    DeleteBucketLifecycle: (input) => {
      buckets.get(input).configuration.lifecycle = undefined;
      return {};
    },

    GetPublicAccessBlock: (input) => ({
      PublicAccessBlockConfiguration: existing(
        buckets.get(input).configuration.publicAccessBlock,
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
      ),
    }),
    PutPublicAccessBlock: (input) => {
      const { configuration } = buckets.get(input);
      const {
        BlockPublicAcls = false,
        IgnorePublicAcls = false,
        BlockPublicPolicy = false,
        RestrictPublicBuckets = false,
      } = input.PublicAccessBlockConfiguration ?? {};
      configuration.publicAccessBlock = { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets };
      return {};
    },
    DeletePublicAccessBlock: (input) => {
      buckets.get(input).configuration.publicAccessBlock = undefined;
      return {};
    },

    GetBucketOwnershipControls: (input) => ({
      OwnershipControls: existing(
        buckets.get(input).configuration.ownership,
        'OwnershipControlsNotFoundError',
        'The bucket ownership controls were not found',
      ),
    }),
    PutBucketOwnershipControls: (input) => {
      const { configuration } = buckets.get(input);
      if (!input.OwnershipControls?.Rules?.length) {
        throw malformedXml();
      }
      configuration.ownership = input.OwnershipControls;
      return {};
    },
    DeleteBucketOwnershipControls: (input) => {
      buckets.get(input).configuration.ownership = undefined;
      return {};
    },

    GetBucketLogging: (input) => {
      const { logging } = buckets.get(input).configuration;
      return logging ? { LoggingEnabled: logging } : {};
    },
    /** Without a target it is switched off. */
    PutBucketLogging: (input) => {
      const { configuration } = buckets.get(input);
      const { LoggingEnabled } = input.BucketLoggingStatus ?? {};
      if (LoggingEnabled && !buckets.find(LoggingEnabled.TargetBucket ?? '')) {
        throw new AwsError('InvalidTargetBucketForLogging', 'The target bucket for logging does not exist');
      }
      configuration.logging = LoggingEnabled;
      return {};
    },

    GetBucketWebsite: (input) =>
      existing(
        buckets.get(input).configuration.website,
        'NoSuchWebsiteConfiguration',
        'The specified bucket does not have a website configuration',
      ),
    PutBucketWebsite: (input) => {
      const { configuration } = buckets.get(input);
      const { IndexDocument, RedirectAllRequestsTo } = input.WebsiteConfiguration ?? {};
      if (!IndexDocument && !RedirectAllRequestsTo) {
        throw invalidArgument('A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty');
      }
      configuration.website = input.WebsiteConfiguration;
      return {};
    },
    DeleteBucketWebsite: (input) => {
      buckets.get(input).configuration.website = undefined;
      return {};
    },

    GetBucketTagging: (input) => ({
      TagSet: existing(buckets.get(input).configuration.tags, 'NoSuchTagSet', 'The TagSet does not exist'),
    }),
    PutBucketTagging: (input) => {
      buckets.get(input).configuration.tags = input.Tagging?.TagSet ?? [];
      return {};
    },
    DeleteBucketTagging: (input) => {
      buckets.get(input).configuration.tags = undefined;
      return {};
    },
  }) satisfies Handlers<typeof s3>;

/** A configuration that must be there. @throws the error of this code */
export function existing<Configuration>(
  configuration: Configuration | undefined,
  code: string,
  message: string,
): Configuration {
  if (configuration === undefined) {
    throw missing(code, message);
  }
  return configuration;
}

/** What a rule says of encryption stands in headers of each object. */
function isEncryptionRule({ ApplyServerSideEncryptionByDefault: byDefault }: s3.ServerSideEncryptionRule): boolean {
  if (!byDefault) {
    return true;
  }
  const { SSEAlgorithm, KMSMasterKeyID = '' } = byDefault;
  return SSEAlgorithm !== undefined && algorithms.has(SSEAlgorithm) && /^[!-~]{0,2048}$/.test(KMSMasterKeyID);
}

const algorithms: ReadonlySet<string> = new Set(Object.values(s3.ServerSideEncryption));

const missing = (code: string, message: string): AwsError => new AwsError(code, message, 404);

function assertJson(policy: string): string {
  try {
    JSON.parse(policy);
    return policy;
  } catch {
    throw new AwsError('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'");
  }
}
