import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { expect, test } from 'vitest';
import { authorization, serve } from '../../gateway.fixture.ts';
import { service, serviceModel } from '../service.ts';

/** No service that is served here speaks CBOR by default; newer clients of CloudWatch do, and any client can be told to. */
function cborOf(namespace: string, errorTypeRegistries: typeof ssm.errorTypeRegistries, awsQueryCompatible = false) {
  const defaultNamespace = `com.amazonaws.${namespace}`;
  return new AwsSmithyRpcV2CborProtocol({ defaultNamespace, errorTypeRegistries, awsQueryCompatible });
}

test('timestamps and numbers cross the wire', async () => {
  const LastModifiedDate = new Date('2026-01-02T03:04:05.678Z');
  const { configuration } = await serve([
    service<typeof ssm>(serviceModel('ssm', ssm), {
      GetParameter: ({ Name }) => ({ Parameter: { Name, Value: '21', Version: 3, LastModifiedDate } }),
    }),
  ]);
  const client = new ssm.SSM({ ...configuration, protocol: cborOf('ssm', ssm.errorTypeRegistries) });
  const { Parameter } = await client.getParameter({ Name: '/oven', WithDecryption: true });
  expect(Parameter).toEqual({ Name: '/oven', Value: '21', Version: 3, LastModifiedDate });
});

test('bytes stay bytes, in maps and unions', async () => {
  let kept: Record<string, dynamodb.AttributeValue> | undefined;
  const { configuration } = await serve([
    service<typeof dynamodb>(serviceModel('dynamodb', dynamodb), {
      PutItem: ({ Item }) => {
        kept = Item;
        return {};
      },
      GetItem: () => ({ Item: kept }),
    }),
  ]);
  const protocol = cborOf('dynamodb', dynamodb.errorTypeRegistries);
  const client = new dynamodb.DynamoDB({ ...configuration, protocol });
  const Item: Record<string, dynamodb.AttributeValue> = {
    b: { B: new Uint8Array([1, 255]) },
    l: { L: [{ N: '1' }, { BOOL: false }] },
  };
  await client.putItem({ TableName: 't', Item });
  const found = (await client.getItem({ TableName: 't', Key: { s: { S: 'a' } } })).Item;
  expect(Array.from(found?.['b']?.B ?? [])).toEqual([1, 255]);
  expect(found?.['l']).toEqual(Item['l']);
});

test('an operation without output answers nothing', async () => {
  const { configuration } = await serve([service<typeof sqs>(serviceModel('sqs', sqs), { PurgeQueue: () => ({}) })]);
  const client = new sqs.SQS({ ...configuration, protocol: cborOf('sqs', sqs.errorTypeRegistries) });
  const { $metadata, ...output } = await client.purgeQueue({ QueueUrl: 'q' });
  expect([$metadata.httpStatusCode, output]).toEqual([200, {}]);
});

test('errors keep their class, their members and, for older clients, their code', async () => {
  const { configuration } = await serve([
    service<typeof dynamodb>(serviceModel('dynamodb', dynamodb), {
      PutItem: () => {
        throw new dynamodb.ConditionalCheckFailedException({ message: 'no', Item: { s: { S: 'old' } }, $metadata: {} });
      },
    }),
    service<typeof sqs>(serviceModel('sqs', sqs, { queryCompatible: true }), {
      GetQueueUrl: () => {
        throw new sqs.QueueDoesNotExist({ message: 'no queue', $metadata: {} });
      },
    }),
  ]);
  const tables = new dynamodb.DynamoDB({
    ...configuration,
    protocol: cborOf('dynamodb', dynamodb.errorTypeRegistries),
  });
  const failed = await tables.putItem({ TableName: 't', Item: {} }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(dynamodb.ConditionalCheckFailedException);
  expect(failed).toMatchObject({ message: 'no', Item: { s: { S: 'old' } } });

  const queues = new sqs.SQS({ ...configuration, protocol: cborOf('sqs', sqs.errorTypeRegistries, true) });
  const missing = await queues.getQueueUrl({ QueueName: 'q' }).catch((error: unknown) => error);
  expect(missing).toBeInstanceOf(sqs.QueueDoesNotExist);
  expect(missing).toMatchObject({ Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue' } });
});

test('a body that is not CBOR is refused', async () => {
  const { url } = await serve([service<typeof ssm>(serviceModel('ssm', ssm), { GetParameter: () => ({}) })]);
  const headers = { 'smithy-protocol': 'rpc-v2-cbor', authorization: authorization('ssm') };
  const answer = await fetch(`${url}/service/AmazonSSM/operation/GetParameter`, {
    method: 'POST',
    headers,
    body: '{"Name"',
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/SerializationException/);
});
