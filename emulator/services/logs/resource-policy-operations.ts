import * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Handlers } from '../../wire/operation.ts';
import { invalidParameter } from './errors.ts';
import { pageOf } from './paging.ts';

/** "CloudWatch Logs quotas": resource policies of a region. */
const maxPolicies = 10;

/**
 * The policies by which other services may write to log groups ("PutResourcePolicy" of the CloudWatch Logs API Reference). They
 * are kept and shown, and not enforced. Those of a single log group, by `resourceArn`, are not served.
 */
export function resourcePolicyOperations() {
  const policies = new Map<string, logs.ResourcePolicy>();
  return {
    PutResourcePolicy: ({ policyName, policyDocument, resourceArn }) => {
      if (resourceArn !== undefined) {
        throw invalidParameter('resourceArn is not served by this endpoint: only policies of the account are.');
      }
      if (!policyName || policyDocument === undefined) {
        throw invalidParameter('policyName and policyDocument are required.');
      }
      if (!isObject(policyDocument)) {
        throw invalidParameter('The policy document is not valid JSON.');
      }
      if (policies.size >= maxPolicies && !policies.has(policyName)) {
        throw new logs.LimitExceededException({ message: 'Resource limit exceeded.', $metadata: {} });
      }
      const resourcePolicy = { policyName, policyDocument, lastUpdatedTime: Date.now() };
      policies.set(policyName, resourcePolicy);
      return { resourcePolicy };
    },

    DescribeResourcePolicies: ({ limit, nextToken }) => {
      const sorted = [...policies.values()].sort((a, b) => (String(a.policyName) < String(b.policyName) ? -1 : 1));
      const { items, ...next } = pageOf(sorted, ({ policyName = '' }) => policyName, { limit, nextToken });
      return { resourcePolicies: items, ...next };
    },

    DeleteResourcePolicy: ({ policyName = '' }) => {
      if (policies.delete(policyName)) {
        return {};
      }
      throw new logs.ResourceNotFoundException({
        message: `Policy with name [${policyName}] does not exist.`,
        $metadata: {},
      });
    },
  } satisfies Handlers<typeof logs>;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
