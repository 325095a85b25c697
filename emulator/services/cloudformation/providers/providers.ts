import type { ResourceProvider } from '../provider.ts';
import type { CustomResourceCallbacks } from './custom-resource.ts';
import { customResource } from './custom-resource-provider.ts';
import { dynamodbTable } from './dynamodb-table.ts';
import { eventsRule } from './events-rule.ts';
import { iamManagedPolicy } from './iam-managed-policy.ts';
import { iamPolicy } from './iam-policy.ts';
import { iamRole } from './iam-role.ts';
import { lambdaAlias } from './lambda-alias.ts';
import { lambdaEventInvokeConfig } from './lambda-event-invoke-config.ts';
import { lambdaEventSourceMapping } from './lambda-event-source-mapping.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaPermission } from './lambda-permission.ts';
import { lambdaUrl } from './lambda-url.ts';
import { lambdaVersion } from './lambda-version.ts';
import { logsLogGroup } from './logs-log-group.ts';
import { logsSubscriptionFilter } from './logs-subscription-filter.ts';
import type { ProviderTables } from './provider-tables.ts';
import { cdkMetadata, cloudWatchAlarm, ecrRepository, kmsAlias, kmsKey } from './record-only.ts';
import { s3Bucket } from './s3-bucket.ts';
import { s3BucketPolicy } from './s3-bucket-policy.ts';
import { secretsManagerResourcePolicy } from './secretsmanager-resource-policy.ts';
import { secretsManagerSecret } from './secretsmanager-secret.ts';
import { sqsQueue } from './sqs-queue.ts';
import { sqsQueuePolicy } from './sqs-queue-policy.ts';
import { ssmParameter } from './ssm-parameter.ts';

/** The resource types that a template may name: all there are. */
export function createProviders(
  tables: ProviderTables,
  callbacks: CustomResourceCallbacks,
): readonly ResourceProvider[] {
  const { dynamodb, events, iam, lambda, logs, s3, secretsmanager, sqs, ssm } = tables;
  return [
    cdkMetadata,
    cloudWatchAlarm,
    customResource('Custom::*', lambda, callbacks),
    customResource('AWS::CloudFormation::CustomResource', lambda, callbacks),
    dynamodbTable(dynamodb),
    ecrRepository,
    eventsRule(events),
    iamManagedPolicy(iam),
    iamPolicy(iam),
    iamRole(iam),
    kmsAlias,
    kmsKey,
    lambdaAlias(lambda),
    lambdaEventInvokeConfig(lambda),
    lambdaEventSourceMapping(lambda),
    lambdaFunction(lambda),
    lambdaPermission(lambda),
    lambdaUrl(lambda),
    lambdaVersion(lambda),
    logsLogGroup(logs),
    logsSubscriptionFilter(logs),
    s3Bucket(s3),
    s3BucketPolicy(s3),
    secretsManagerResourcePolicy(secretsmanager),
    secretsManagerSecret(secretsmanager),
    sqsQueue(sqs),
    sqsQueuePolicy(sqs),
    ssmParameter(ssm),
  ];
}
