import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, type ITable, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import {
  Code,
  FilterCriteria,
  FilterRule,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SnsEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';

/** Orders in a table; its stream to a function; that tells a topic; the topic tells a queue, and a function that notes it. */
const app = new App();
const stack = new Stack(app, 'FanOut');
const large = Number(app.node.tryGetContext('large') ?? 10);

const table = new TableV2(stack, 'Orders', {
  partitionKey: { name: 'id', type: AttributeType.STRING },
  dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
  removalPolicy: RemovalPolicy.DESTROY,
});
const topic = new Topic(stack, 'Placed', { displayName: 'Orders' });
const failed = new Queue(stack, 'Failed');
const largeOrders = new Queue(stack, 'LargeOrders');
const undelivered = new Queue(stack, 'Undelivered');

topic.addSubscription(
  new SqsSubscription(largeOrders, {
    rawMessageDelivery: true,
    deadLetterQueue: undelivered,
    filterPolicy: { cookies: SubscriptionFilter.numericFilter({ greaterThanOrEqualTo: large }) },
  }),
);

const teller = new LambdaFunction(stack, 'Teller', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  timeout: Duration.seconds(20),
  environment: { TOPIC: topic.topicArn },
  code: Code.fromInline(`
    const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');
    const client = new SNSClient();
    exports.handler = async ({ Records }) => {
      for (const { dynamodb: { NewImage } } of Records) {
        if (NewImage.id.S === 'broken') throw new Error('This order is broken.');
        await client.send(new PublishCommand({
          TopicArn: process.env.TOPIC,
          Message: NewImage.id.S,
          MessageAttributes: { cookies: { DataType: 'Number', StringValue: NewImage.cookies.N } },
        }));
      }
    };`),
});
topic.grantPublish(teller);
teller.addEventSource(
  // That a property may be undefined, CDK says in one of these types only.
  new DynamoEventSource(table as ITable, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    retryAttempts: 1,
    bisectBatchOnError: true,
    onFailure: new SqsDlq(failed),
    filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
  }),
);

const noter = new LambdaFunction(stack, 'Noter', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromInline(
    'exports.handler = async ({ Records }) => { for (const { Sns } of Records) console.log("NOTED " + Sns.Message); };',
  ),
});
noter.addEventSource(new SnsEventSource(topic));

new Rule(stack, 'Closing', { eventPattern: { source: ['shop'] }, targets: [new SnsTopic(topic)] });

for (const [name, value] of Object.entries({
  Table: table.tableName,
  LargeOrders: largeOrders.queueUrl,
  Failed: failed.queueUrl,
  Noter: noter.functionName,
  Topic: topic.topicArn,
})) {
  new CfnOutput(stack, `${name}Name`, { value });
}
