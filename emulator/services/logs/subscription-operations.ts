import * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Handlers } from '../../wire/operation.ts';
import { invalidParameter } from './errors.ts';
import type { LogGroups } from './log-groups.ts';
import { pageOf } from './paging.ts';
import { describeFilter, type SubscriptionFilter, subscriptionFilter } from './subscription-filter.ts';

/** How many subscription filters a log group has at the most. */
const maxFilters = 2;

/**
 * The operations on subscription filters.
 * @param reach resolves where the destination of a filter can be invoked
 */
export function subscriptionOperations(groups: LogGroups, reach: (filter: SubscriptionFilter) => Promise<void>) {
  return {
    PutSubscriptionFilter: async (input) => {
      const group = groups.get(input.logGroupName);
      const filter = subscriptionFilter(input);
      const { subscriptionFilters: filters } = group;
      const checkRoom = () => {
        if (filters.has(filter.name) || filters.size < maxFilters) {
          return;
        }
        throw new logs.LimitExceededException({ message: 'Resource limit exceeded.', $metadata: {} });
      };
      checkRoom();
      await reach(filter).catch(() => {
        throw invalidParameter(
          'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
        );
      });
      // Others may have been put while the function was asked for.
      checkRoom();
      filters.set(filter.name, filter);
      return {};
    },

    DescribeSubscriptionFilters: ({ logGroupName, filterNamePrefix = '', ...page }) => {
      const { name, subscriptionFilters } = groups.get(logGroupName);
      const found = [...subscriptionFilters.values()]
        .filter((filter) => filter.name.startsWith(filterNamePrefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, ...next } = pageOf(found, (filter) => filter.name, page);
      return { subscriptionFilters: items.map((filter) => describeFilter(name, filter)), ...next };
    },

    DeleteSubscriptionFilter: ({ logGroupName, filterName = '' }) => {
      if (groups.get(logGroupName).subscriptionFilters.delete(filterName)) {
        return {};
      }
      throw new logs.ResourceNotFoundException({
        message: 'The specified subscription filter does not exist.',
        $metadata: {},
      });
    },
  } satisfies Handlers<typeof logs>;
}
