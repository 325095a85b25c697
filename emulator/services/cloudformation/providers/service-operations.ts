import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type * as dynamodb from '@aws-sdk/client-dynamodb';
import type * as events from '@aws-sdk/client-eventbridge';
import type * as iam from '@aws-sdk/client-iam';
import type * as lambda from '@aws-sdk/client-lambda';
import type * as s3 from '@aws-sdk/client-s3';
import type * as secretsmanager from '@aws-sdk/client-secrets-manager';
import type * as sns from '@aws-sdk/client-sns';
import type * as sqs from '@aws-sdk/client-sqs';
import type * as ssm from '@aws-sdk/client-ssm';
import type { Handlers } from '../../../wire/operation.ts';

/** Some operations of a service, by the SDK's client module. */
type Operations<Client, Name extends keyof Handlers<Client>> = Required<Pick<Handlers<Client>, Name>>;

/** The operations of the other services in the region that resources are made of. */
export interface ServiceOperations {
  readonly dynamodb: Operations<
    typeof dynamodb,
    | 'CreateTable'
    | 'DeleteTable'
    | 'DescribeTable'
    | 'TagResource'
    | 'UntagResource'
    | 'UpdateContinuousBackups'
    | 'UpdateTable'
    | 'UpdateTimeToLive'
  >;
  readonly events: Operations<
    typeof events,
    | 'CreateEventBus'
    | 'DeleteEventBus'
    | 'DeleteRule'
    | 'PutPermission'
    | 'PutRule'
    | 'PutTargets'
    | 'RemovePermission'
    | 'RemoveTargets'
    | 'TagResource'
    | 'UntagResource'
    | 'UpdateEventBus'
  >;
  readonly iam: Operations<
    typeof iam,
    | 'AttachRolePolicy'
    | 'CreatePolicy'
    | 'CreatePolicyVersion'
    | 'CreateRole'
    | 'DeletePolicy'
    | 'DeletePolicyVersion'
    | 'DeleteRole'
    | 'DeleteRolePermissionsBoundary'
    | 'DeleteRolePolicy'
    | 'DetachRolePolicy'
    | 'GetRole'
    | 'ListPolicyVersions'
    | 'PutRolePermissionsBoundary'
    | 'PutRolePolicy'
    | 'TagRole'
    | 'UntagRole'
    | 'UpdateAssumeRolePolicy'
    | 'UpdateRole'
  >;
  readonly lambda: Operations<
    typeof lambda,
    | 'AddPermission'
    | 'CreateAlias'
    | 'CreateEventSourceMapping'
    | 'CreateFunction'
    | 'CreateFunctionUrlConfig'
    | 'DeleteAlias'
    | 'DeleteEventSourceMapping'
    | 'DeleteFunction'
    | 'DeleteFunctionConcurrency'
    | 'DeleteFunctionEventInvokeConfig'
    | 'DeleteFunctionUrlConfig'
    | 'Invoke'
    | 'ListVersionsByFunction'
    | 'PublishVersion'
    | 'PutFunctionConcurrency'
    | 'PutFunctionEventInvokeConfig'
    | 'RemovePermission'
    | 'TagResource'
    | 'UntagResource'
    | 'UpdateAlias'
    | 'UpdateEventSourceMapping'
    | 'UpdateFunctionCode'
    | 'UpdateFunctionConfiguration'
    | 'UpdateFunctionUrlConfig'
  >;
  readonly logs: Operations<
    typeof logs,
    | 'CreateLogGroup'
    | 'CreateLogStream'
    | 'DeleteLogGroup'
    | 'DeleteLogStream'
    | 'DeleteResourcePolicy'
    | 'DeleteRetentionPolicy'
    | 'DeleteSubscriptionFilter'
    | 'PutLogGroupDeletionProtection'
    | 'PutResourcePolicy'
    | 'PutRetentionPolicy'
    | 'PutSubscriptionFilter'
    | 'TagResource'
    | 'UntagResource'
  >;
  readonly s3: Operations<
    typeof s3,
    | 'CreateBucket'
    | 'DeleteBucket'
    | 'DeleteBucketEncryption'
    | 'DeleteBucketLifecycle'
    | 'DeleteBucketOwnershipControls'
    | 'DeleteBucketPolicy'
    | 'DeleteBucketTagging'
    | 'DeletePublicAccessBlock'
    | 'HeadBucket'
    | 'PutBucketEncryption'
    | 'PutBucketLifecycleConfiguration'
    | 'PutBucketOwnershipControls'
    | 'PutBucketPolicy'
    | 'PutBucketTagging'
    | 'PutBucketVersioning'
    | 'PutPublicAccessBlock'
  >;
  readonly secretsmanager: Operations<
    typeof secretsmanager,
    | 'CreateSecret'
    | 'DeleteResourcePolicy'
    | 'DeleteSecret'
    | 'GetRandomPassword'
    | 'PutResourcePolicy'
    | 'TagResource'
    | 'UntagResource'
    | 'UpdateSecret'
  >;
  /** Loaded when a resource first needs it. */
  readonly sns: () => Promise<
    Operations<
      typeof sns,
      | 'CreateTopic'
      | 'DeleteTopic'
      | 'ListSubscriptionsByTopic'
      | 'SetSubscriptionAttributes'
      | 'SetTopicAttributes'
      | 'Subscribe'
      | 'TagResource'
      | 'UntagResource'
      | 'Unsubscribe'
    >
  >;
  readonly sqs: Operations<
    typeof sqs,
    | 'CreateQueue'
    | 'DeleteQueue'
    | 'GetQueueAttributes'
    | 'GetQueueUrl'
    | 'SetQueueAttributes'
    | 'TagQueue'
    | 'UntagQueue'
  >;
  readonly ssm: Operations<
    typeof ssm,
    'AddTagsToResource' | 'DeleteParameter' | 'PutParameter' | 'RemoveTagsFromResource'
  >;
}
