import type * as dynamodb from '@aws-sdk/client-dynamodb';
import type { Handlers, Region } from '../../wire/operation.ts';

/** What DynamoDB tells of an account in a region. */
export const accountOperations = (region: Region) =>
  ({
    DescribeEndpoints: () => ({
      Endpoints: [{ Address: new URL(region.endpoint).host, CachePeriodInMinutes: 1440 }],
    }),
    DescribeLimits: () => ({
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 40_000,
    }),
  }) satisfies Handlers<typeof dynamodb>;
