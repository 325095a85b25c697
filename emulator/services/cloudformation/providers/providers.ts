import type { ResourceProvider } from '../provider.ts';
import { apiGatewayAuthorizer, apiGatewayGatewayResponse } from './apigateway/apigateway-authorizer.ts';
import { apiGatewayMethod, apiGatewayResource } from './apigateway/apigateway-method.ts';
import { apiGatewayModel, apiGatewayRequestValidator } from './apigateway/apigateway-records.ts';
import { apiGatewayAccount, apiGatewayRestApi } from './apigateway/apigateway-rest-api.ts';
import { apiGatewayDeployment, apiGatewayStage } from './apigateway/apigateway-stage.ts';
import { apiGatewayApiKey, apiGatewayUsagePlan, apiGatewayUsagePlanKey } from './apigateway/apigateway-usage-plan.ts';
import { apiGatewayV2Api } from './apigateway/apigatewayv2-api.ts';
import {
  apiGatewayV2Authorizer,
  apiGatewayV2Deployment,
  apiGatewayV2Integration,
  apiGatewayV2Route,
  apiGatewayV2Stage,
} from './apigateway/apigatewayv2-parts.ts';
import { scalableTarget, scalingPolicy } from './application-autoscaling/application-autoscaling-records.ts';
import { cdkMetadata, ecrRepository, kmsAlias, kmsKey } from './bootstrap-records.ts';
import { nestedStack } from './cloudformation/nested-stack.ts';
import { waitCondition, waitConditionHandle } from './cloudformation/wait-condition.ts';
import type { WaitSignals } from './cloudformation/wait-signals.ts';
import {
  cloudWatchAlarm,
  cloudWatchAnomalyDetector,
  cloudWatchCompositeAlarm,
  cloudWatchDashboard,
} from './cloudwatch/cloudwatch-records.ts';
import {
  codeDeployApplication,
  codeDeployDeploymentConfig,
  codeDeployDeploymentGroup,
} from './codedeploy/codedeploy-records.ts';
import type { CustomResourceCallbacks } from './custom-resource/custom-resource.ts';
import { customResource } from './custom-resource/custom-resource-provider.ts';
import { dynamodbGlobalTable } from './dynamodb/dynamodb-global-table.ts';
import { dynamodbTable } from './dynamodb/dynamodb-table.ts';
import { eventsEventBus } from './events/events-event-bus.ts';
import { eventsEventBusPolicy } from './events/events-event-bus-policy.ts';
import { eventsArchive } from './events/events-records.ts';
import { eventsRule } from './events/events-rule.ts';
import { iamManagedPolicy } from './iam/iam-managed-policy.ts';
import { iamPolicy } from './iam/iam-policy.ts';
import { iamAccessKey, iamGroup, iamInstanceProfile, iamUser, iamUserToGroupAddition } from './iam/iam-records.ts';
import { iamRole } from './iam/iam-role.ts';
import { lambdaAlias } from './lambda/lambda-alias.ts';
import { lambdaEventInvokeConfig } from './lambda/lambda-event-invoke-config.ts';
import { lambdaEventSourceMapping } from './lambda/lambda-event-source-mapping.ts';
import { lambdaFunction } from './lambda/lambda-function.ts';
import { lambdaLayerVersion, lambdaLayerVersionPermission } from './lambda/lambda-layer-version.ts';
import { lambdaPermission } from './lambda/lambda-permission.ts';
import { lambdaUrl } from './lambda/lambda-url.ts';
import { lambdaVersion } from './lambda/lambda-version.ts';
import { logsLogGroup } from './logs/logs-log-group.ts';
import { logsLogStream } from './logs/logs-log-stream.ts';
import { logsAnomalyDetector, logsMetricFilter, logsQueryDefinition } from './logs/logs-records.ts';
import { logsResourcePolicy } from './logs/logs-resource-policy.ts';
import { logsSubscriptionFilter } from './logs/logs-subscription-filter.ts';
import { s3Bucket } from './s3/s3-bucket.ts';
import { customBucketDeployment } from './s3/s3-bucket-deployment.ts';
import { customS3BucketNotifications } from './s3/s3-bucket-notifications.ts';
import { s3BucketPolicy } from './s3/s3-bucket-policy.ts';
import { secretsManagerResourcePolicy } from './secretsmanager/secretsmanager-resource-policy.ts';
import { secretsManagerSecret } from './secretsmanager/secretsmanager-secret.ts';
import type { ServiceOperations } from './service-operations.ts';
import { snsSubscription } from './sns/sns-subscription.ts';
import { snsTopic } from './sns/sns-topic.ts';
import { snsTopicPolicy } from './sns/sns-topic-policy.ts';
import { sqsQueue } from './sqs/sqs-queue.ts';
import { sqsQueuePolicy } from './sqs/sqs-queue-policy.ts';
import { ssmParameter } from './ssm/ssm-parameter.ts';
import { statesStateMachine } from './states/states-state-machine.ts';

/** The resource types that a template may name: all there are. */
export function createProviders(
  services: ServiceOperations,
  callbacks: CustomResourceCallbacks,
  signals: WaitSignals,
): readonly ResourceProvider[] {
  const { cloudformation, dynamodb, events, httpApis, iam, lambda, logs, restApis, s3, secretsmanager, sns, sqs, ssm } =
    services;
  return [
    apiGatewayAccount(restApis),
    apiGatewayApiKey(restApis),
    apiGatewayAuthorizer(restApis),
    apiGatewayDeployment(restApis),
    apiGatewayGatewayResponse(restApis),
    apiGatewayMethod(restApis),
    apiGatewayModel,
    apiGatewayRequestValidator,
    apiGatewayResource(restApis),
    apiGatewayRestApi(restApis),
    apiGatewayStage(restApis),
    apiGatewayUsagePlan(restApis),
    apiGatewayUsagePlanKey(restApis),
    apiGatewayV2Api(httpApis),
    apiGatewayV2Authorizer(httpApis),
    apiGatewayV2Deployment(httpApis),
    apiGatewayV2Integration(httpApis),
    apiGatewayV2Route(httpApis),
    apiGatewayV2Stage(httpApis),
    cdkMetadata,
    cloudWatchAlarm,
    cloudWatchAnomalyDetector,
    cloudWatchCompositeAlarm,
    cloudWatchDashboard,
    codeDeployApplication,
    codeDeployDeploymentConfig,
    codeDeployDeploymentGroup,
    customBucketDeployment(s3),
    customS3BucketNotifications(s3),
    customResource('Custom::*', lambda, callbacks),
    customResource('AWS::CloudFormation::CustomResource', lambda, callbacks),
    dynamodbGlobalTable(dynamodb),
    dynamodbTable(dynamodb),
    ecrRepository,
    eventsArchive,
    eventsEventBus(events),
    eventsEventBusPolicy(events),
    eventsRule(events),
    iamAccessKey,
    iamGroup,
    iamInstanceProfile,
    iamManagedPolicy(iam),
    iamPolicy(iam),
    iamRole(iam),
    iamUser,
    iamUserToGroupAddition,
    kmsAlias,
    kmsKey,
    lambdaAlias(lambda),
    lambdaEventInvokeConfig(lambda),
    lambdaEventSourceMapping(lambda),
    lambdaFunction(lambda, services.runtimeFault),
    lambdaLayerVersion(lambda),
    lambdaLayerVersionPermission(lambda),
    lambdaPermission(lambda),
    lambdaUrl(lambda),
    lambdaVersion(lambda),
    logsAnomalyDetector,
    logsLogGroup(logs),
    logsLogStream(logs),
    logsMetricFilter,
    logsQueryDefinition,
    logsResourcePolicy(logs),
    logsSubscriptionFilter(logs),
    s3Bucket(s3),
    s3BucketPolicy(s3),
    scalableTarget,
    scalingPolicy,
    secretsManagerResourcePolicy(secretsmanager),
    secretsManagerSecret(secretsmanager),
    snsSubscription(sns),
    snsTopic(sns),
    snsTopicPolicy(sns),
    nestedStack(cloudformation),
    sqsQueue(sqs),
    sqsQueuePolicy(sqs),
    ssmParameter(ssm),
    statesStateMachine(services.states),
    waitCondition(signals),
    waitConditionHandle(signals),
  ];
}
