import type * as s3 from '@aws-sdk/client-s3';
import type { Handlers } from '../../wire/operation.ts';
import type { Buckets } from './buckets.ts';

/**
 * Access lists, as buckets have them whose owner owns all (the default): the owner's alone. Source: Amazon S3 User Guide, "Controlling
 * ownership of objects and disabling ACLs".
 */
export function accessListOperations(buckets: Buckets) {
  const owner = { ID: buckets.accountId };
  const list = {
    Owner: owner,
    Grants: [{ Grantee: { Type: 'CanonicalUser' as const, ...owner }, Permission: 'FULL_CONTROL' as const }],
  };
  return {
    GetBucketAcl: (input) => {
      buckets.get(input);
      return list;
    },
    GetObjectAcl: (input) => {
      buckets.get(input).get(input);
      return list;
    },
  } satisfies Handlers<typeof s3>;
}
