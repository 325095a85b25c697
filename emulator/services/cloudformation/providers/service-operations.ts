import type * as restApis from '@aws-sdk/client-api-gateway';
import type * as httpApis from '@aws-sdk/client-apigatewayv2';
import type * as cloudformation from '@aws-sdk/client-cloudformation';
import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type * as dynamodb from '@aws-sdk/client-dynamodb';
import type * as events from '@aws-sdk/client-eventbridge';
import type * as iam from '@aws-sdk/client-iam';
import type * as lambda from '@aws-sdk/client-lambda';
import type * as s3 from '@aws-sdk/client-s3';
import type * as secretsmanager from '@aws-sdk/client-secrets-manager';
import type * as states from '@aws-sdk/client-sfn';
import type * as sns from '@aws-sdk/client-sns';
import type * as sqs from '@aws-sdk/client-sqs';
import type * as ssm from '@aws-sdk/client-ssm';
import type { Handlers } from '../../../wire/operation.ts';

/** Some operations of a service, by the SDK's client module. */
type Operations<Client, Name extends keyof Handlers<Client>> = Required<Pick<Handlers<Client>, Name>>;

/** The operations of the other services in the region that resources are made of. */
export interface ServiceOperations {
  /** Asked for late: CloudFormation itself is made with what makes resources. */
  readonly cloudformation: () => Operations<
    typeof cloudformation,
    'CreateStack' | 'DeleteStack' | 'DescribeStackEvents' | 'DescribeStacks' | 'UpdateStack'
  >;
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
  /** Loaded when a resource first needs it. */
  readonly httpApis: () => Promise<
    Operations<
      typeof httpApis,
      | 'CreateApi'
      | 'CreateAuthorizer'
      | 'CreateDeployment'
      | 'CreateIntegration'
      | 'CreateRoute'
      | 'CreateStage'
      | 'DeleteApi'
      | 'DeleteAuthorizer'
      | 'DeleteDeployment'
      | 'DeleteIntegration'
      | 'DeleteRoute'
      | 'DeleteStage'
      | 'TagResource'
      | 'UntagResource'
      | 'UpdateApi'
      | 'UpdateAuthorizer'
      | 'UpdateIntegration'
      | 'UpdateRoute'
      | 'UpdateStage'
    >
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
    | 'AddLayerVersionPermission'
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
    | 'DeleteLayerVersion'
    | 'DeleteProvisionedConcurrencyConfig'
    | 'GetFunction'
    | 'Invoke'
    | 'ListVersionsByFunction'
    | 'PublishLayerVersion'
    | 'PublishVersion'
    | 'PutFunctionConcurrency'
    | 'PutFunctionEventInvokeConfig'
    | 'PutProvisionedConcurrencyConfig'
    | 'PutFunctionRecursionConfig'
    | 'PutRuntimeManagementConfig'
    | 'RemoveLayerVersionPermission'
    | 'RemovePermission'
    | 'TagResource'
    | 'UntagResource'
    | 'UpdateAlias'
    | 'UpdateEventSourceMapping'
    | 'UpdateFunctionCode'
    | 'UpdateFunctionConfiguration'
    | 'UpdateFunctionUrlConfig'
  >;
  /** Why a runtime is not served here; undefined where it is. */
  runtimeFault(runtime: string): string | undefined;
  readonly logs: Operations<
    typeof logs,
    | 'CreateLogGroup'
    | 'CreateLogStream'
    | 'DeleteLogGroup'
    | 'DeleteLogStream'
    | 'DeleteResourcePolicy'
    | 'DeleteRetentionPolicy'
    | 'DeleteSubscriptionFilter'
    | 'DescribeLogGroups'
    | 'PutLogGroupDeletionProtection'
    | 'PutResourcePolicy'
    | 'PutRetentionPolicy'
    | 'PutSubscriptionFilter'
    | 'TagResource'
    | 'UntagResource'
  >;
  /** Loaded when a resource first needs it. */
  readonly restApis: () => Promise<
    Operations<
      typeof restApis,
      | 'CreateApiKey'
      | 'CreateAuthorizer'
      | 'CreateDeployment'
      | 'CreateResource'
      | 'CreateRestApi'
      | 'CreateStage'
      | 'CreateUsagePlan'
      | 'CreateUsagePlanKey'
      | 'DeleteApiKey'
      | 'DeleteAuthorizer'
      | 'DeleteDeployment'
      | 'DeleteGatewayResponse'
      | 'DeleteMethod'
      | 'DeleteResource'
      | 'DeleteRestApi'
      | 'DeleteStage'
      | 'DeleteUsagePlan'
      | 'DeleteUsagePlanKey'
      | 'PutGatewayResponse'
      | 'PutIntegration'
      | 'PutIntegrationResponse'
      | 'PutMethod'
      | 'PutMethodResponse'
      | 'TagResource'
      | 'UntagResource'
      | 'UpdateApiKey'
      | 'UpdateUsagePlan'
      | 'UpdateAccount'
      | 'UpdateAuthorizer'
      | 'UpdateRestApi'
      | 'UpdateStage'
    >
  >;
  readonly s3: Operations<
    typeof s3,
    | 'CreateBucket'
    | 'DeleteBucket'
    | 'DeleteBucketCors'
    | 'DeleteBucketEncryption'
    | 'DeleteBucketLifecycle'
    | 'DeleteBucketOwnershipControls'
    | 'DeleteBucketPolicy'
    | 'DeleteBucketTagging'
    | 'DeleteBucketWebsite'
    | 'DeleteObject'
    | 'DeletePublicAccessBlock'
    | 'GetBucketNotificationConfiguration'
    | 'GetBucketVersioning'
    | 'GetObject'
    | 'HeadBucket'
    | 'ListObjectsV2'
    | 'PutBucketCors'
    | 'PutBucketEncryption'
    | 'PutBucketLifecycleConfiguration'
    | 'PutBucketLogging'
    | 'PutBucketNotificationConfiguration'
    | 'PutBucketOwnershipControls'
    | 'PutBucketPolicy'
    | 'PutBucketTagging'
    | 'PutBucketVersioning'
    | 'PutBucketWebsite'
    | 'PutObject'
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
  readonly states: {
    /** Loaded when a resource first needs it. */
    readonly operations: () => Promise<
      Operations<typeof states, 'CreateStateMachine' | 'DeleteStateMachine' | 'UpdateStateMachine'>
    >;
    /** What is wrong with the definition of a state machine, or not served in it. */
    faultsOf(definition: string): readonly string[];
  };
  readonly ssm: Operations<
    typeof ssm,
    'AddTagsToResource' | 'DeleteParameter' | 'GetParameter' | 'PutParameter' | 'RemoveTagsFromResource'
  >;
}
