import type { Properties } from '../../provider.ts';
import { textOf } from '../api-input.ts';

/** `BucketEncryption` as PutBucketEncryption takes it: the API has other names for the same. */
export function encryptionOf(property: unknown): Properties {
  const { ServerSideEncryptionConfiguration = [], ...others } = property as Properties;
  const Rules = (ServerSideEncryptionConfiguration as Properties[]).map(
    ({ ServerSideEncryptionByDefault, ...rule }) => ({
      ...rule,
      ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
    }),
  );
  return { ...others, Rules };
}

/** `LifecycleConfiguration` as PutBucketLifecycleConfiguration takes it. What the API does not know it refuses by name. */
export function lifecycleOf(property: unknown): Properties {
  const { Rules = [], ...others } = property as Properties;
  return { ...others, Rules: (Rules as Properties[]).map(lifecycleRule) };
}

function lifecycleRule(rule: Properties): Properties {
  const {
    Id,
    ExpirationInDays,
    ExpirationDate,
    ExpiredObjectDeleteMarker,
    NoncurrentVersionExpirationInDays,
    Prefix,
    TagFilters,
    ObjectSizeGreaterThan,
    ObjectSizeLessThan,
    ...same
  } = rule;
  const expiration = defined({ Days: ExpirationInDays, Date: dateOf(ExpirationDate), ExpiredObjectDeleteMarker });
  const conditions = defined({ Prefix, ObjectSizeGreaterThan, ObjectSizeLessThan, Tags: TagFilters });
  return {
    ...same,
    ...defined({ ID: Id }),
    Filter: filterOf(conditions),
    ...(Object.keys(expiration).length > 0 && { Expiration: expiration }),
    ...(NoncurrentVersionExpirationInDays !== undefined && {
      NoncurrentVersionExpiration: { NoncurrentDays: NoncurrentVersionExpirationInDays },
    }),
  };
}

/** One condition stands alone, several are joined. */
function filterOf(conditions: Properties): Properties {
  const { Tags } = conditions;
  if (Object.keys(conditions).length === 0) {
    return { Prefix: '' };
  }
  if (Object.keys(conditions).length > 1 || (Array.isArray(Tags) && Tags.length > 1)) {
    return { And: conditions };
  }
  return Array.isArray(Tags) ? { Tag: Tags[0] } : conditions;
}

/** `CorsConfiguration` as PutBucketCors takes it. */
export function corsOf(property: unknown): Properties {
  const { CorsRules = [], ...others } = property as Properties;
  const CORSRules = (CorsRules as Properties[]).map(({ Id, MaxAge, ExposedHeaders, ...rule }) => ({
    ...rule,
    ...defined({ ID: Id, MaxAgeSeconds: MaxAge, ExposeHeaders: ExposedHeaders }),
  }));
  return { ...others, CORSRules };
}

/** `LoggingConfiguration` as PutBucketLogging takes it; without a bucket to log to, it is the bucket itself. */
export function loggingOf(property: unknown, bucket: string): Properties {
  const {
    DestinationBucketName = bucket,
    LogFilePrefix = '',
    TargetObjectKeyFormat,
    ...others
  } = property as Properties;
  return {
    LoggingEnabled: {
      ...others,
      TargetBucket: DestinationBucketName,
      TargetPrefix: LogFilePrefix,
      ...defined({ TargetObjectKeyFormat }),
    },
  };
}

/** `WebsiteConfiguration` as PutBucketWebsite takes it. */
export function websiteOf(property: unknown): Properties {
  const { IndexDocument, ErrorDocument, RoutingRules, ...others } = property as Properties;
  const rules = (RoutingRules as Properties[] | undefined)?.map(({ RedirectRule, RoutingRuleCondition, ...rule }) => ({
    ...rule,
    Redirect: RedirectRule,
    ...defined({ Condition: RoutingRuleCondition }),
  }));
  return {
    ...others,
    ...(IndexDocument !== undefined && { IndexDocument: { Suffix: IndexDocument } }),
    ...(ErrorDocument !== undefined && { ErrorDocument: { Key: ErrorDocument } }),
    ...(rules && { RoutingRules: rules }),
  };
}

/** A date as the API schema counts it, in seconds. */
function dateOf(date: unknown): number | undefined {
  return date === undefined ? undefined : Date.parse(textOf(date, '#/ExpirationDate')) / 1000;
}

const defined = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
