import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startEmulator } from 'embedded-aws';
import { expect, onTestFinished, test } from 'vitest';
import { meteredAt } from './functions-side.ts';

async function start() {
  const emulator = await startEmulator({ port: 0 });
  onTestFinished(() => emulator.close());
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { endpoint: emulator.url, region: 'eu-west-1', credentials };
}

test('an embedded endpoint tells what its tables and queues were asked for', async () => {
  const reach = await start();
  const [dynamodb, sqs] = [new DynamoDBClient(reach), new SQSClient(reach)];
  const TableName = 'orders';
  await dynamodb.send(
    new CreateTableCommand({
      ...{ TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'bake' }));
  const before = await meteredAt(reach.endpoint);
  await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: '1' } } }));
  await dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: '1' } }, ConsistentRead: true }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
  const { dynamodbReadUnits = 0, dynamodbWriteUnits = 0, sqsRequests = 0 } = before ?? {};
  expect(await meteredAt(reach.endpoint)).toEqual({
    dynamodbReadUnits: dynamodbReadUnits + 1,
    dynamodbWriteUnits: dynamodbWriteUnits + 1,
    sqsRequests: sqsRequests + 1,
  });
});

test.each([
  { status: 404, body: '{"services": {}}' },
  { status: 200, body: 'It works!' },
])('another endpoint, which answers $status $body, tells nothing', async ({ status, body }) => {
  const server = createServer((_request, response) => void response.writeHead(status).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await meteredAt(`http://127.0.0.1:${port}`)).toBeUndefined();
});
