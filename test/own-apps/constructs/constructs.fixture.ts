import { join } from 'node:path';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventBridgeDestination, SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import * as s3Notifications from 'aws-cdk-lib/aws-s3-notifications';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { functionOf, tableOf } from '../pairs/constructs.fixture.ts';

/** A construct with as little around it as it needs. */
export type Build = (stack: Stack) => unknown;

const anyFunction = (stack: Stack, id = 'Function', props: Partial<lambda.FunctionProps> = {}) =>
  functionOf(stack, id, 'return 1', props);
const bucketOf = (stack: Stack, props: s3.BucketProps = {}) =>
  new s3.Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY, ...props });
const layerArn = (account: string, name: string) => `arn:aws:lambda:us-east-1:${account}:layer:${name}`;

/** What is deployed, and does what it does on AWS: the other suites drive most of it. */
export const served: Readonly<Record<string, Build>> = {
  FunctionUrl: (stack) => anyFunction(stack).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE }),
  LayerVersion: (stack) => {
    const code = lambda.Code.fromAsset(join(import.meta.dirname));
    return anyFunction(stack, 'Function', { layers: [new lambda.LayerVersion(stack, 'Layer', { code })] });
  },
  SingletonFunction: (stack) =>
    new lambda.SingletonFunction(stack, 'Function', {
      uuid: 'f7d4f730-4ee1-11e8-9c2d-fa7ae01bbebc',
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => 1;'),
    }),
  RecursiveLoop: (stack) => anyFunction(stack, 'Function', { recursiveLoop: lambda.RecursiveLoop.ALLOW }),
  Destinations: (stack) => {
    const onSuccess = new EventBridgeDestination();
    return anyFunction(stack, 'Function', { onSuccess, onFailure: new SqsDestination(new Queue(stack, 'Queue')) });
  },
  LogRetention: (stack) => anyFunction(stack, 'Function', { logRetention: logs.RetentionDays.ONE_WEEK }),
  AwsCustomResource: (stack) =>
    new AwsCustomResource(stack, 'Resource', {
      onUpdate: {
        service: 'SSM',
        action: 'putParameter',
        parameters: { Name: '/made', Value: '1', Type: 'String', Overwrite: true },
        physicalResourceId: PhysicalResourceId.of('made'),
      },
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
    }),
  AutoDeleteObjects: (stack) => bucketOf(stack, { autoDeleteObjects: true }),
  BucketDeployment: (stack) =>
    new BucketDeployment(stack, 'Deployment', {
      sources: [Source.data('index.html', 'cookies')],
      destinationBucket: bucketOf(stack, { autoDeleteObjects: true }) as s3.IBucket,
    }),
  EventNotification: (stack) => {
    const destination = new s3Notifications.LambdaDestination(anyFunction(stack));
    bucketOf(stack).addEventNotification(s3.EventType.OBJECT_CREATED, destination);
  },
  RuleToLogGroup: (stack) => {
    const group = new logs.LogGroup(stack, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    const eventPattern = { source: ['kitchen'] };
    return new events.Rule(stack, 'Rule', { eventPattern, targets: [new targets.CloudWatchLogGroup(group)] });
  },
  LogSubscription: (stack) =>
    new logs.LogGroup(stack, 'Group', { removalPolicy: RemovalPolicy.DESTROY }).addSubscriptionFilter('Filter', {
      destination: new LambdaDestination(anyFunction(stack)),
      filterPattern: logs.FilterPattern.allEvents(),
    }),
  FifoQueue: (stack) => new Queue(stack, 'Queue', { fifo: true, contentBasedDeduplication: true, enforceSSL: true }),
  QueueEventSource: (stack) =>
    anyFunction(stack).addEventSource(
      new sources.SqsEventSource(new Queue(stack, 'Queue'), { reportBatchItemFailures: true, maxConcurrency: 2 }),
    ),
  TableV2: (stack) =>
    new dynamodb.TableV2(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      globalSecondaryIndexes: [{ indexName: 'byN', partitionKey: { name: 'n', type: dynamodb.AttributeType.NUMBER } }],
      dynamoStream: dynamodb.StreamViewType.NEW_IMAGE,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  TokenAuthorizer: (stack) => {
    const authorizer = new apigateway.TokenAuthorizer(stack, 'Guard', { handler: anyFunction(stack, 'Guarding') });
    const api = new apigateway.RestApi(stack, 'Api');
    api.root.addMethod('GET', new apigateway.LambdaIntegration(anyFunction(stack)), { authorizer });
  },
  Secret: (stack) => new Secret(stack, 'Secret', { removalPolicy: RemovalPolicy.DESTROY }),
  StringParameter: (stack) => new StringParameter(stack, 'Parameter', { stringValue: '12' }),
};

/** What is deployed and lacks something here, which the events of its stack must say. */
export const recorded: Readonly<Record<string, Build>> = {
  ForeignLayer: (stack) => {
    const layers = [lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', layerArn('094274105915', 'Powertools:20'))];
    return anyFunction(stack, 'Function', { layers });
  },
  ProvisionedAlias: (stack) => {
    const version = anyFunction(stack).currentVersion as lambda.IVersion;
    const alias = new lambda.Alias(stack, 'Alias', { aliasName: 'live', version, provisionedConcurrentExecutions: 1 });
    alias.addAutoScaling({ maxCapacity: 3 }).scaleOnUtilization({ utilizationTarget: 0.5 });
  },
  LambdaDeploymentGroup: (stack) =>
    new LambdaDeploymentGroup(stack, 'Group', {
      alias: anyFunction(stack).addAlias('live'),
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    }),
  TableAutoScaling: (stack) =>
    tableOf(stack, 'Table')
      .autoScaleReadCapacity({ minCapacity: 1, maxCapacity: 10 })
      .scaleOnUtilization({ targetUtilizationPercent: 75 }),
  ContributorInsights: (stack) => tableOf(stack, 'Table', { contributorInsightsSpecification: { enabled: true } }),
  Archive: (stack) => new events.EventBus(stack, 'Bus').archive('Archive', { eventPattern: { source: ['kitchen'] } }),
  Alarm: (stack) => {
    const alarm = anyFunction(stack).metricErrors().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
    alarm.addAlarmAction(new SnsAction(new Topic(stack, 'Topic')));
  },
  Dashboard: (stack) =>
    new cloudwatch.Dashboard(stack, 'Dashboard', {
      widgets: [[new cloudwatch.GraphWidget({ left: [anyFunction(stack).metricInvocations()] })]],
    }),
  MetricFilter: (stack) =>
    new logs.LogGroup(stack, 'Group', { removalPolicy: RemovalPolicy.DESTROY }).addMetricFilter('Filter', {
      filterPattern: logs.FilterPattern.literal('burnt'),
      metricName: 'burnt',
      metricNamespace: 'bakery',
    }),
  UsagePlan: (stack) => {
    const api = new apigateway.RestApi(stack, 'Api');
    const integration = new apigateway.LambdaIntegration(anyFunction(stack));
    api.root.addMethod('GET', integration, { apiKeyRequired: true });
    const plan = api.addUsagePlan('Plan', { quota: { limit: 10, period: apigateway.Period.DAY } });
    plan.addApiKey(api.addApiKey('Key'));
    plan.addApiStage({ stage: api.deploymentStage });
  },
  RequestValidator: (stack) => {
    const api = new apigateway.RestApi(stack, 'Api');
    api.root.addMethod('GET', new apigateway.LambdaIntegration(anyFunction(stack)), {
      requestParameters: { 'method.request.querystring.q': true },
      requestValidatorOptions: { validateRequestParameters: true },
    });
  },
  EmailSubscription: (stack) => new Topic(stack, 'Topic').addSubscription(new EmailSubscription('ann@example.com')),
  EncryptedQueue: (stack) =>
    new Queue(stack, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: new Key(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY }),
      retentionPeriod: Duration.days(1),
    }),
  User: (stack) => {
    const user = new iam.User(stack, 'User');
    user.addToGroup(new iam.Group(stack, 'Group'));
  },
};
