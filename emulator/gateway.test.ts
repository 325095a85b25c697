import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as lambda from '@aws-sdk/client-lambda';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { expect, test, vi } from 'vitest';
import { authorization, serve } from './gateway.fixture.ts';
import { AwsError } from './wire/operation.ts';
import { service, serviceModel } from './wire/service.ts';

/** Real clients against small services: what a handler is given and what it answers must cross the wire unharmed. */

const models = {
  cloudformation: serviceModel('cloudformation', cloudformation, {
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  }),
  dynamodb: serviceModel('dynamodb', dynamodb),
  lambda: serviceModel('lambda', lambda),
  sqs: serviceModel('sqs', sqs, { queryCompatible: true }),
  ssm: serviceModel('ssm', ssm),
};

const when = new Date('2026-01-02T03:04:05.678Z');

test('query: lists, maps and nested structures in, escaped text and timestamps out', async () => {
  let seen: unknown;
  const { configuration } = await serve([
    service<typeof cloudformation>(models.cloudformation, {
      CreateChangeSet: (input) => {
        seen = input;
        return { Id: 'arn:change-set', StackId: 'arn:stack' };
      },
      DescribeStacks: () => ({
        Stacks: [
          {
            StackName: 's',
            StackStatus: 'CREATE_COMPLETE',
            CreationTime: when,
            Outputs: [
              { OutputKey: 'text', OutputValue: '<&"\'é>' },
              { OutputKey: 'empty', OutputValue: '' },
            ],
            Capabilities: ['CAPABILITY_IAM'],
            DisableRollback: false,
            Tags: [],
          },
        ],
      }),
    }),
  ]);
  const client = new cloudformation.CloudFormation(configuration);
  const input: cloudformation.CreateChangeSetCommandInput = {
    StackName: 's',
    ChangeSetName: 'c',
    TemplateBody: '{"a":"+ &=%é"}',
    Parameters: [{ ParameterKey: 'p', ParameterValue: 'v', UsePreviousValue: false }],
    Tags: [],
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    ResourcesToImport: [{ ResourceType: 't', LogicalResourceId: 'l', ResourceIdentifier: { 'a.b': 'c', d: 'e.f' } }],
    RollbackConfiguration: { MonitoringTimeInMinutes: 5, RollbackTriggers: [{ Arn: 'a', Type: 'b' }] },
  };
  expect((await client.createChangeSet(input)).Id).toBe('arn:change-set');
  expect(seen).toEqual(input);

  const [stack] = (await client.describeStacks({})).Stacks ?? [];
  expect(stack).toMatchObject({
    CreationTime: when,
    Tags: [],
    Capabilities: ['CAPABILITY_IAM'],
    DisableRollback: false,
  });
  expect(stack?.Outputs?.map(({ OutputValue }) => OutputValue)).toEqual(['<&"\'é>', '']);
});

test('rest-json: path, query, headers and payload are bound where the model says, both ways', async () => {
  let seen: unknown;
  const { configuration } = await serve([
    service<typeof lambda>(models.lambda, {
      Invoke: (input) => {
        seen = { ...input, Payload: Buffer.from(input.Payload ?? []).toString() };
        return { StatusCode: 202, Payload: Buffer.from('{"é":1}'), LogResult: 'TE9H', ExecutedVersion: '$LATEST' };
      },
      UntagResource: (input) => {
        seen = input;
        return {};
      },
    }),
  ]);
  const client = new lambda.Lambda(configuration);
  const FunctionName = 'arn:aws:lambda:eu-west-1:000000000000:function:f';
  const answer = await client.invoke({ FunctionName, Payload: '{"a":"é"}', LogType: 'Tail', Qualifier: 'live' });
  expect(seen).toMatchObject({ FunctionName, LogType: 'Tail', Qualifier: 'live', Payload: '{"a":"é"}' });
  expect(answer).toMatchObject({ StatusCode: 202, LogResult: 'TE9H', ExecutedVersion: '$LATEST' });
  expect(answer.Payload?.transformToString()).toBe('{"é":1}');

  await client.untagResource({ Resource: `${FunctionName}/x`, TagKeys: ['a', 'b c'] });
  expect(seen).toEqual({ Resource: `${FunctionName}/x`, TagKeys: ['a', 'b c'] });
});

test('json: unions, binary and long numbers survive', async () => {
  let kept: Record<string, dynamodb.AttributeValue> | undefined;
  const { configuration } = await serve([
    service<typeof dynamodb>(models.dynamodb, {
      PutItem: ({ Item }) => {
        kept = Item;
        return {};
      },
      GetItem: () => ({ Item: kept }),
    }),
  ]);
  const client = new dynamodb.DynamoDB(configuration);
  const Item: Record<string, dynamodb.AttributeValue> = {
    s: { S: 'a' },
    n: { N: '12345678901234567890.5' },
    b: { B: new Uint8Array([1, 2]) },
    l: { L: [{ BOOL: true }, { NULL: true }, { M: { x: { SS: ['a'] } } }] },
  };
  await client.putItem({ TableName: 't', Item });
  expect((await client.getItem({ TableName: 't', Key: { s: { S: 'a' } } })).Item).toEqual(Item);
});

test('errors that the model knows keep their class, status and members', async () => {
  const { configuration } = await serve([
    service<typeof lambda>(models.lambda, {
      Invoke: () => {
        throw new lambda.TooManyRequestsException({
          message: 'Rate Exceeded.',
          Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
          retryAfterSeconds: '3',
          $metadata: {},
        });
      },
    }),
    service<typeof dynamodb>(models.dynamodb, {
      PutItem: () => {
        throw new dynamodb.ConditionalCheckFailedException({ message: 'no', Item: { s: { S: 'old' } }, $metadata: {} });
      },
    }),
  ]);
  const tooMany = await new lambda.Lambda(configuration).invoke({ FunctionName: 'f' }).catch((error) => error);
  expect(tooMany).toBeInstanceOf(lambda.TooManyRequestsException);
  expect(tooMany).toMatchObject({
    retryAfterSeconds: '3',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
  expect(tooMany.$metadata.httpStatusCode).toBe(429);

  const failed = await new dynamodb.DynamoDB(configuration)
    .putItem({ TableName: 't', Item: {} })
    .catch((error) => error);
  expect(failed).toBeInstanceOf(dynamodb.ConditionalCheckFailedException);
  expect(failed.Item).toEqual({ s: { S: 'old' } });
});

test('errors that the model does not know keep their code', async () => {
  const { configuration } = await serve([
    service<typeof cloudformation>(models.cloudformation, {
      DescribeStacks: () => {
        throw new AwsError('ValidationError', 'Stack with id s does not exist');
      },
    }),
  ]);
  const error = await new cloudformation.CloudFormation(configuration).describeStacks({}).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: 'ValidationError', message: 'Stack with id s does not exist' });
});

const queue = service<typeof sqs>(models.sqs, {
  SendMessage: ({ MessageBody }) => ({ MessageId: MessageBody }),
  GetQueueUrl: () => {
    throw new sqs.QueueDoesNotExist({ message: 'no queue', $metadata: {} });
  },
});

test.each([
  { protocol: 'json 1.0', options: {} },
  {
    protocol: 'the older query protocol',
    options: {
      protocol: new AwsQueryProtocol({
        defaultNamespace: 'com.amazonaws.sqs',
        errorTypeRegistries: sqs.errorTypeRegistries,
        xmlNamespace: '',
        version: '2012-11-05',
      }),
    },
  },
])('SQS speaks $protocol', async ({ options }) => {
  const { url, configuration } = await serve([queue]);
  const client = new sqs.SQS({ ...configuration, md5: false, ...options });
  expect((await client.sendMessage({ QueueUrl: `${url}/0/q`, MessageBody: 'm' })).MessageId).toBe('m');
  const error = await client.getQueueUrl({ QueueName: 'x' }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(sqs.QueueDoesNotExist);
});

test('a call ends when its client goes away', async () => {
  const { url, configuration } = await serve([
    service<typeof sqs>(models.sqs, {
      ReceiveMessage: async (_input, { signal }) => {
        arrived.resolve();
        await once(signal, 'abort');
        ended();
        return {};
      },
    }),
  ]);
  const arrived = Promise.withResolvers<void>();
  const ended = vi.fn();
  const leaving = new AbortController();
  const client = new sqs.SQS(configuration);
  const polling = client.receiveMessage({ QueueUrl: `${url}/0/q` }, { abortSignal: leaving.signal }).catch(() => {});
  await arrived.promise;
  leaving.abort();
  await polling;
  await vi.waitFor(() => expect(ended).toHaveBeenCalled());
});

const parameters = service<typeof ssm>(models.ssm, {
  GetParameter: ({ Name }) => ({ Parameter: { Name, Value: '21' } }),
});

test('an operation that nobody wrote answers 501 by its name', async () => {
  const { configuration } = await serve([parameters]);
  const error = await new ssm.SSM(configuration).describeParameters({}).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('ssm:DescribeParameters') });
  expect(error.$metadata.httpStatusCode).toBe(501);
});

test.each([
  { name: 'an unsigned request', signature: '', body: '{}', status: 403, says: /MissingAuthenticationToken/ },
  {
    name: 'another service',
    signature: authorization('sagemaker'),
    body: '{}',
    status: 501,
    says: /sagemaker/,
  },
  { name: 'an unknown operation', target: 'AmazonSSM.Bake', body: '{}', status: 404, says: /UnknownOperation/ },
  { name: 'a body that is not JSON', body: '{"x"', status: 400, says: /SerializationException/ },
  { name: 'a member of another type', body: '{"Name":{"a":1}}', status: 400, says: /SerializationException/ },
  { name: 'a missing member', body: '{}', status: 400, says: /Value null at 'name'/ },
])('$name is refused with $status', async ({ signature, target, body, status, says }) => {
  const { url } = await serve([parameters]);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target ?? 'AmazonSSM.GetParameter',
      authorization: signature ?? authorization('ssm'),
    },
    body,
  });
  expect(response.status).toBe(status);
  expect(await response.text()).toMatch(says);
});

test('a gzipped body is read', async () => {
  const { url } = await serve([parameters]);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'content-encoding': 'gzip',
      'x-amz-target': 'AmazonSSM.GetParameter',
      authorization: authorization('ssm'),
    },
    body: gzipSync('{"Name":"/oven"}'),
  });
  expect(await response.json()).toMatchObject({ Parameter: { Name: '/oven', Value: '21' } });
});

test('a browser asking whether it may call is told nothing that lets it', async () => {
  const { url } = await serve([parameters]);
  const response = await fetch(url, { method: 'OPTIONS', headers: { origin: 'http://evil.example' } });
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  expect(response.status).toBe(403);
});
