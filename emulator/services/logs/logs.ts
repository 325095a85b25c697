import * as logs from '@aws-sdk/client-cloudwatch-logs';
import { clipped } from '../../wire/activity/activity.ts';
import { longestText } from '../../wire/activity/event.ts';
import type { Handlers, Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';
import type { LogEvent } from './event-sequence.ts';
import { filterLogEvents } from './filter-log-events.ts';
import { getLogEvents } from './get-log-events.ts';
import type { LogGroup } from './log-group.ts';
import { logGroupOperations } from './log-group-operations.ts';
import { LogGroups } from './log-groups.ts';
import { logStreamOperations } from './log-stream-operations.ts';
import { putLogEvents } from './put-log-events.ts';
import { resourcePolicyOperations } from './resource-policy-operations.ts';
import { type LambdaOperations, SubscriptionDelivery } from './subscription-delivery.ts';
import { subscriptionOperations } from './subscription-operations.ts';
import { tagOperations } from './tag-operations.ts';

const model = serviceModel('logs', logs);

export interface LogsDeps {
  /** Lambda's operations, for subscription filters. It is asked for late: Lambda itself is made with this service. */
  readonly lambda: () => LambdaOperations;
}

/**
 * CloudWatch Logs. A group keeps at most 32 MiB or 100,000 events; then the oldest are dropped. Not served: queries (Logs
 * Insights), live tail, metric filters, exports, and subscriptions to anything but Lambda functions.
 */
export function createLogs(region: Region, { lambda }: LogsDeps) {
  const groups = new LogGroups(region);
  const delivery = new SubscriptionDelivery(region, lambda);
  const tellOf = ({ name: group }: LogGroup, events: readonly LogEvent[]): void => {
    if (!region.activity?.isRead) {
      return;
    }
    for (const { stream, message } of events) {
      region.activity.publish({ type: 'log.line', group, stream, message: clipped(message.trimEnd(), longestText) });
    }
  };
  const operations = {
    ...logGroupOperations(groups),
    ...tagOperations(groups),
    ...logStreamOperations(groups),
    ...putLogEvents(groups, (group, events) => {
      tellOf(group, events);
      delivery.deliver(group, events);
    }),
    ...getLogEvents(groups),
    ...filterLogEvents(groups),
    ...resourcePolicyOperations(),
    ...subscriptionOperations(groups, (filter) => delivery.reach(filter)),
  } satisfies Handlers<typeof logs>;
  return { service: service<typeof logs>(model, operations), operations, close: () => delivery.close() };
}
