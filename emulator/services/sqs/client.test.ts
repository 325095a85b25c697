import * as sqs from '@aws-sdk/client-sqs';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { expect, onTestFinished, test } from 'vitest';
import { authorization, serve } from '../../gateway.fixture.ts';
import { createSqs } from './sqs.ts';

/** SQS behind a real port, and SDK clients of it, one for each protocol. They check the digests of what they send and receive. */
async function startClients() {
  const region = { accountId: '123456789012', name: 'eu-west-1', endpoint: '' };
  const { service, close } = createSqs(region);
  onTestFinished(close);
  const { url, configuration } = await serve([service]);
  region.endpoint = url;
  const legacy = new AwsQueryProtocol({
    defaultNamespace: 'com.amazonaws.sqs',
    errorTypeRegistries: sqs.errorTypeRegistries,
    xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    version: '2012-11-05',
  });
  return { json: new sqs.SQS(configuration), query: new sqs.SQS({ ...configuration, protocol: legacy }), region };
}

const protocols = ['json', 'query'] as const;

test.each(protocols)('a message goes through a queue, over %s', async (protocol) => {
  const { [protocol]: client } = await startClients();
  const { QueueUrl } = await client.createQueue({
    QueueName: 'orders',
    Attributes: { VisibilityTimeout: '5' },
    tags: { a: 'b' },
  });
  const MessageAttributes = {
    kind: { DataType: 'String', StringValue: 'cookie' },
    'x.y': { DataType: 'Binary', BinaryValue: new Uint8Array([1, 255]) },
  };
  const sent = await client.sendMessage({ QueueUrl, MessageBody: 'héllo <&> 🍪', MessageAttributes });
  const received = await client.receiveMessage({
    QueueUrl,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  const [message] = received.Messages ?? [];
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'héllo <&> 🍪',
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    Attributes: { ApproximateReceiveCount: '1', SenderId: '000000000000' },
  });
  expect(message?.MessageAttributes).toEqual(MessageAttributes);
  await client.deleteMessage({ QueueUrl, ReceiptHandle: message?.ReceiptHandle });
  const { Attributes } = await client.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
  expect(Attributes).toMatchObject({ VisibilityTimeout: '5', ApproximateNumberOfMessagesNotVisible: '0' });
  expect((await client.listQueueTags({ QueueUrl })).Tags).toEqual({ a: 'b' });
  expect((await client.receiveMessage({ QueueUrl })).Messages).toBeUndefined();
});

test.each(protocols)('a batch is sent, received and deleted, over %s', async (protocol) => {
  const { [protocol]: client } = await startClients();
  const { QueueUrl } = await client.createQueue({ QueueName: 'orders' });
  const Entries = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: Id }));
  const sent = await client.sendMessageBatch({ QueueUrl, Entries: [...Entries, { Id: 'd', MessageBody: '\u0001' }] });
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'b', 'c']);
  expect(sent.Failed).toMatchObject([{ Id: 'd', SenderFault: true, Code: 'InvalidMessageContents' }]);
  const { Messages = [] } = await client.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  expect(Messages.map(({ Body }) => Body)).toEqual(['a', 'b', 'c']);
  const deleted = await client.deleteMessageBatch({
    QueueUrl,
    Entries: Messages.map(({ ReceiptHandle, Body }) => ({ Id: Body, ReceiptHandle })),
  });
  expect(deleted.Successful).toHaveLength(3);
});

test.each(protocols)('errors are those of AWS, over %s', async (protocol) => {
  const { [protocol]: client, region } = await startClients();
  const missing = await client.getQueueUrl({ QueueName: 'missing' }).catch((error: unknown) => error);
  expect(missing).toBeInstanceOf(sqs.QueueDoesNotExist);
  expect(missing).toMatchObject({
    Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue' },
    $metadata: { httpStatusCode: 400 },
  });
  const { QueueUrl } = await client.createQueue({ QueueName: 'orders' });
  const exists = client.createQueue({ QueueName: 'orders', Attributes: { DelaySeconds: '1' } });
  await expect(exists).rejects.toBeInstanceOf(sqs.QueueNameExists);
  const handle = client.deleteMessage({ QueueUrl, ReceiptHandle: 'nonsense' });
  await expect(handle).rejects.toBeInstanceOf(sqs.ReceiptHandleIsInvalid);
  const many = client.receiveMessage({ QueueUrl, MaxNumberOfMessages: 11 });
  await expect(many).rejects.toMatchObject({ name: 'InvalidParameterValue', message: /between 1 and 10/ });
  const arn = `arn:aws:sqs:${region.name}:${region.accountId}:missing`;
  await expect(client.startMessageMoveTask({ SourceArn: arn })).rejects.toBeInstanceOf(sqs.ResourceNotFoundException);
});

test('a long poll is answered when a message arrives', async () => {
  const { json: client } = await startClients();
  const { QueueUrl } = await client.createQueue({ QueueName: 'orders' });
  const polling = client.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
  await client.sendMessage({ QueueUrl, MessageBody: 'a' });
  expect((await polling).Messages).toMatchObject([{ Body: 'a' }]);
});

test('a form can be posted to the URL of a queue, as old clients do', async () => {
  const { json: client } = await startClients();
  const { QueueUrl = '' } = await client.createQueue({ QueueName: 'orders' });
  const answer = await fetch(QueueUrl, {
    method: 'POST',
    headers: { authorization: authorization('sqs') },
    body: new URLSearchParams({ Action: 'SendMessage', Version: '2012-11-05', MessageBody: 'a form' }),
  });
  expect(await answer.text()).toMatch(/<SendMessageResponse .*<MessageId>/);
  expect((await client.receiveMessage({ QueueUrl })).Messages).toMatchObject([{ Body: 'a form' }]);
});

test('pages are followed by the paginators of the SDK', async () => {
  const { json: client } = await startClients();
  for (const QueueName of ['a', 'b', 'c']) {
    await client.createQueue({ QueueName });
  }
  const sizes: (number | undefined)[] = [];
  for await (const page of sqs.paginateListQueues({ client, pageSize: 2 }, {})) {
    sizes.push(page.QueueUrls?.length);
  }
  expect(sizes).toEqual([2, 1]);
});
