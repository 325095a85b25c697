import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, EventType, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { LambdaDestination, SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';

/** Uploads to a function, with a layer, that notes them in a table; deletions to a queue; all to EventBridge; and files of the app's own. */
const app = new App();
const stack = new Stack(app, 'Upload');
const note = String(app.node.tryGetContext('note') ?? 'first');

const layerDirectory = mkdtempSync(join(tmpdir(), 'own-apps-layer-'));
const module = join(layerDirectory, 'nodejs', 'node_modules', 'shouting');
mkdirSync(module, { recursive: true });
writeFileSync(join(module, 'index.js'), 'exports.shout = (text) => text.toUpperCase();');

const table = new Table(stack, 'Notes', {
  partitionKey: { name: 'key', type: AttributeType.STRING },
  removalPolicy: RemovalPolicy.DESTROY,
});
const noter = new LambdaFunction(stack, 'Noter', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  timeout: Duration.seconds(20),
  layers: [new LayerVersion(stack, 'Layer', { code: Code.fromAsset(layerDirectory) })],
  environment: { TABLE: table.tableName },
  code: Code.fromInline(`
    const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
    const { shout } = require('shouting');
    const client = new DynamoDBClient();
    exports.handler = async ({ Records }) => {
      for (const { s3: { object } } of Records) {
        const Item = { key: { S: decodeURIComponent(object.key.replaceAll('+', ' ')) }, shouted: { S: shout(object.key) } };
        await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item }));
      }
    };`),
});
table.grantWriteData(noter);

const bucket = new Bucket(stack, 'Files', {
  removalPolicy: RemovalPolicy.DESTROY,
  autoDeleteObjects: true,
  eventBridgeEnabled: true,
});
const deleted = new Queue(stack, 'Deleted');
bucket.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(noter), { prefix: 'in/', suffix: '.txt' });
bucket.addEventNotification(EventType.OBJECT_REMOVED, new SqsDestination(deleted));
const seen = new Queue(stack, 'Seen');
new Rule(stack, 'AnyUpload', {
  eventPattern: {
    source: ['aws.s3'],
    detailType: ['Object Created'],
    detail: { bucket: { name: [bucket.bucketName] } },
  },
  targets: [new SqsQueue(seen)],
});
new BucketDeployment(stack, 'Site', {
  sources: [Source.data('index.html', `<p>${note}</p>`), Source.jsonData('config.json', { table: table.tableName })],
  // That a property may be undefined, CDK says in one of these types only.
  destinationBucket: bucket as IBucket,
  destinationKeyPrefix: 'site',
});

for (const [name, value] of Object.entries({
  Bucket: bucket.bucketName,
  Table: table.tableName,
  Deleted: deleted.queueUrl,
  Seen: seen.queueUrl,
})) {
  new CfnOutput(stack, `${name}Name`, { value });
}
