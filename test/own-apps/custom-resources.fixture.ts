import { join } from 'node:path';
import { App, CfnOutput, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { CloudWatchLogGroup } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';

/** A CDK app with the custom resources that CDK brings and that need no Python: each as its documentation shows it. */
const app = new App();
const value = String(app.node.tryGetContext('value'));
const stack = new Stack(app, 'CustomResources');

const bucket = new Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });

const writer = new NodejsFunction(stack, 'Writer', {
  entry: join(import.meta.dirname, 'writer.fixture.ts'),
  runtime: Runtime.NODEJS_22_X,
  timeout: Duration.seconds(30),
  environment: { BUCKET: bucket.bucketName },
  logRetention: value === 'one' ? RetentionDays.ONE_DAY : RetentionDays.ONE_WEEK,
});
bucket.grantWrite(writer);

const call = {
  service: 'SSM',
  action: 'putParameter',
  parameters: { Name: '/own-apps/value', Value: value, Type: 'String', Overwrite: true },
  physicalResourceId: PhysicalResourceId.of('/own-apps/value'),
};
const parameter = new AwsCustomResource(stack, 'Parameter', {
  onCreate: call,
  onUpdate: call,
  onDelete: { service: 'SSM', action: 'deleteParameter', parameters: { Name: '/own-apps/value' } },
  policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
});

const onEvent = new LambdaFunction(stack, 'OnEvent', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromInline(`exports.handler = async ({ RequestType, ResourceProperties }) =>
    ({ PhysicalResourceId: 'provided', Data: { Told: RequestType + ' ' + ResourceProperties.value } });`),
});
const provided = new CustomResource(stack, 'Provided', {
  serviceToken: new Provider(stack, 'Provider', { onEventHandler: onEvent }).serviceToken,
  properties: { value },
});

// It is asked a second time whether it is complete.
const isComplete = new LambdaFunction(stack, 'IsComplete', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromInline(`const asked = new Map();
    exports.handler = async ({ RequestId, RequestType }) => {
      asked.set(RequestId, (asked.get(RequestId) ?? 0) + 1);
      return asked.get(RequestId) > 1 || RequestType === 'Delete'
        ? { IsComplete: true, ...(RequestType !== 'Delete' && { Data: { Asked: asked.get(RequestId) } }) }
        : { IsComplete: false };
    };`),
});
const awaited = new CustomResource(stack, 'Awaited', {
  serviceToken: new Provider(stack, 'Waiter', {
    onEventHandler: onEvent,
    isCompleteHandler: isComplete,
    queryInterval: Duration.seconds(1),
    totalTimeout: Duration.minutes(1),
  }).serviceToken,
  properties: { value },
});

const events = new LogGroup(stack, 'Events', { removalPolicy: RemovalPolicy.DESTROY });
new Rule(stack, 'Rule', { eventPattern: { source: ['own-apps'] }, targets: [new CloudWatchLogGroup(events)] });

for (const [name, output] of Object.entries({
  BucketName: bucket.bucketName,
  WriterName: writer.functionName,
  Version: parameter.getResponseField('Version'),
  Told: provided.getAttString('Told'),
  Asked: awaited.getAttString('Asked'),
  EventsName: events.logGroupName,
})) {
  new CfnOutput(stack, name, { value: output });
}
