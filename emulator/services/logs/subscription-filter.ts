import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../wire/operation.ts';
import { constraintViolated } from './errors.ts';
import { type FilterPattern, parseFilterPattern } from './filter-pattern.ts';

/** A subscription filter: the events of a log group that match a pattern go to a Lambda function. */
export interface SubscriptionFilter {
  readonly name: string;
  readonly pattern: string;
  readonly matches: FilterPattern;
  readonly destinationArn: string;
  readonly roleArn: string | undefined;
  readonly distribution: logs.Distribution;
  readonly applyOnTransformedLogs: boolean;
  /** In milliseconds since the epoch. */
  readonly created: number;
}

/** @throws InvalidParameterException, or a 501 where the destination or an option is not served */
export function subscriptionFilter(request: logs.PutSubscriptionFilterRequest): SubscriptionFilter {
  const { filterName: name = '', filterPattern: pattern = '', destinationArn = '' } = request;
  if (!/^[^:*]{1,512}$/.test(name)) {
    throw constraintViolated('filterName', name, 'Member must satisfy regular expression pattern: [^:*]*');
  }
  if (!/^arn:[^:]*:lambda:[^:]*:[^:]*:function:/.test(destinationArn)) {
    throw notServed(`the destination ${destinationArn}; only Lambda functions are`);
  }
  if (request.emitSystemFields?.length || request.fieldSelectionCriteria) {
    throw notServed('emitSystemFields and fieldSelectionCriteria');
  }
  return {
    name,
    pattern,
    matches: parseFilterPattern(pattern),
    destinationArn,
    roleArn: request.roleArn,
    distribution: request.distribution ?? 'ByLogStream',
    applyOnTransformedLogs: request.applyOnTransformedLogs ?? false,
    created: Date.now(),
  };
}

function notServed(what: string): AwsError {
  return new AwsError('NotImplemented', `logs:PutSubscriptionFilter: not served by this endpoint: ${what}.`, 501);
}

/** A subscription filter as DescribeSubscriptionFilters answers it. */
export function describeFilter(logGroupName: string, filter: SubscriptionFilter): logs.SubscriptionFilter {
  return {
    filterName: filter.name,
    logGroupName,
    filterPattern: filter.pattern,
    destinationArn: filter.destinationArn,
    ...(filter.roleArn !== undefined && { roleArn: filter.roleArn }),
    distribution: filter.distribution,
    applyOnTransformedLogs: filter.applyOnTransformedLogs,
    creationTime: filter.created,
  };
}
