import type * as s3 from '@aws-sdk/client-s3';
import type { CORSRule } from '@aws-sdk/client-s3';
import { AwsError, type Handlers } from '../../wire/operation.ts';
import type { Buckets } from './buckets.ts';
import { existing } from './configuration-operations.ts';
import { invalidRequest, malformedXml } from './errors.ts';

const methods: ReadonlySet<string> = new Set(['GET', 'PUT', 'HEAD', 'POST', 'DELETE']);
/** Source: Amazon S3 API Reference, PutBucketCors. */
const maxRules = 100;

/** Which pages of other origins may use a bucket's presigned URLs. */
export const corsOperations = (buckets: Buckets) =>
  ({
    GetBucketCors: (input) => ({
      CORSRules: [
        ...existing(
          buckets.get(input).configuration.cors,
          'NoSuchCORSConfiguration',
          'The CORS configuration does not exist',
        ),
      ],
    }),
    PutBucketCors: (input) => {
      const { configuration } = buckets.get(input);
      const { CORSRules: rules = [] } = input.CORSConfiguration ?? {};
      if (rules.length === 0 || rules.length > maxRules) {
        throw malformedXml();
      }
      for (const rule of rules) {
        assertRule(rule);
      }
      configuration.cors = rules;
      return {};
    },
    DeleteBucketCors: (input) => {
      buckets.get(input).configuration.cors = undefined;
      return {};
    },
  }) satisfies Handlers<typeof s3>;

function assertRule({ AllowedMethods = [], AllowedOrigins = [], AllowedHeaders = [] }: CORSRule): void {
  if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) {
    throw malformedXml();
  }
  const method = AllowedMethods.find((name) => !methods.has(name));
  if (method !== undefined) {
    throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${method}`);
  }
  const severalWildcards = (text: string) => text.split('*').length > 2;
  const origin = AllowedOrigins.find(severalWildcards);
  if (origin !== undefined) {
    throw invalidRequest(`AllowedOrigin "${origin}" can not have more than one wildcard.`);
  }
  const header = AllowedHeaders.find(severalWildcards);
  if (header !== undefined) {
    throw invalidRequest(`AllowedHeader "${header}" can not have more than one wildcard.`);
  }
}

/** Where no rule fits, in AWS's words. */
export const corsRefusal = (): AwsError =>
  new AwsError(
    'AccessForbidden',
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
    403,
  );
