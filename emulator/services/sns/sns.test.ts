import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startSns } from './sns.fixture.ts';

describe('a queue that subscribes', () => {
  test('gets what is published, with where it comes from', async () => {
    const { sns, topic, queue, subscribe, receive, url } = await startSns();
    const [TopicArn, orders] = [await topic(), await queue()];
    await subscribe(TopicArn, orders.arn);
    const MessageAttributes = {
      cookie: { DataType: 'String', StringValue: 'spritz' },
      photo: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
    };
    const published = await sns.publish({ TopicArn, Message: 'baked', Subject: 'Order 1', MessageAttributes });
    const [message] = await receive(orders.url);
    expect(JSON.parse(message?.Body ?? '')).toEqual({
      Type: 'Notification',
      MessageId: published.MessageId,
      TopicArn,
      Subject: 'Order 1',
      Message: 'baked',
      Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      SignatureVersion: '1',
      Signature: expect.any(String),
      SigningCertURL: expect.stringContaining(url),
      UnsubscribeURL: expect.stringContaining(url),
      MessageAttributes: { cookie: { Type: 'String', Value: 'spritz' }, photo: { Type: 'Binary', Value: 'AQI=' } },
    });
    expect(message?.MessageAttributes).toBeUndefined();
  });

  test('gets it raw, with its attributes, where it asks for that', async () => {
    const { sns, topic, queue, subscribe, receive } = await startSns();
    const [TopicArn, orders] = [await topic(), await queue()];
    await subscribe(TopicArn, orders.arn, { RawMessageDelivery: 'true' });
    const MessageAttributes = { count: { DataType: 'Number', StringValue: '12' } };
    await sns.publish({ TopicArn, Message: 'baked', MessageAttributes });
    expect(await receive(orders.url)).toMatchObject([
      { Body: 'baked', MessageAttributes: { count: { DataType: 'Number', StringValue: '12' } } },
    ]);
  });

  test('gets what its filter policy wants, as that is now', async () => {
    const { sns, topic, queue, subscribe, receive } = await startSns();
    const [TopicArn, orders] = [await topic(), await queue()];
    const SubscriptionArn = await subscribe(TopicArn, orders.arn, {
      RawMessageDelivery: 'true',
      FilterPolicy: '{"cookie":["spritz"]}',
    });
    const publish = (cookie: string) =>
      sns.publish({
        TopicArn,
        Message: JSON.stringify({ cookie }),
        MessageAttributes: { cookie: { DataType: 'String', StringValue: cookie } },
      });
    await publish('brownie');
    await publish('spritz');
    expect((await receive(orders.url)).map(({ Body }) => Body)).toEqual(['{"cookie":"spritz"}']);
    const set = (AttributeName: string, AttributeValue: string) =>
      sns.setSubscriptionAttributes({ SubscriptionArn, AttributeName, AttributeValue });
    await set('FilterPolicyScope', 'MessageBody');
    await set('FilterPolicy', '{"cookie":[{"prefix":"bro"}]}');
    await publish('spritz');
    await publish('brownie');
    expect((await receive(orders.url)).map(({ Body }) => Body)).toEqual(['{"cookie":"brownie"}']);
    await set('FilterPolicy', '{}');
    await publish('spritz');
    expect(await receive(orders.url)).toHaveLength(1);
  });

  test('gets the part of a structured message that is for it', async () => {
    const { sns, topic, queue, subscribe, receive } = await startSns();
    const [TopicArn, orders] = [await topic(), await queue()];
    await subscribe(TopicArn, orders.arn, { RawMessageDelivery: 'true' });
    const Message = JSON.stringify({ default: 'all', sqs: 'queues', email: 'people' });
    await sns.publish({ TopicArn, Message, MessageStructure: 'json' });
    expect(await receive(orders.url)).toMatchObject([{ Body: 'queues' }]);
  });

  test('gets nothing more once it has unsubscribed, and unsubscribing again is no error', async () => {
    const { sns, topic, queue, subscribe, sqs } = await startSns();
    const [TopicArn, orders, others] = [await topic(), await queue(), await queue('others')];
    const SubscriptionArn = await subscribe(TopicArn, orders.arn);
    await subscribe(TopicArn, others.arn);
    await sns.unsubscribe({ SubscriptionArn });
    await sns.unsubscribe({ SubscriptionArn });
    await sns.publish({ TopicArn, Message: 'baked' });
    const count = async (QueueUrl: string) =>
      (await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] })).Attributes?.['ApproximateNumberOfMessages'];
    await vi.waitFor(async () => expect(await count(others.url)).toBe('1'));
    expect(await count(orders.url)).toBe('0');
  });

  test('that is gone leaves its messages to the dead-letter queue', async () => {
    const { sns, sqs, topic, queue, subscribe, receive } = await startSns();
    const [TopicArn, orders, dead] = [await topic(), await queue(), await queue('dead')];
    await subscribe(TopicArn, orders.arn, {
      RawMessageDelivery: 'true',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
    });
    await sqs.deleteQueue({ QueueUrl: orders.url });
    await sns.publish({ TopicArn, Message: 'baked' });
    expect(await receive(dead.url)).toMatchObject([{ Body: 'baked' }]);
  });
});

// Source: SNS Developer Guide, "Message delivery for FIFO topics", "Message deduplication for FIFO topics".
describe('a FIFO topic', () => {
  async function start(attributes: Record<string, string> = {}) {
    const started = await startSns();
    const TopicArn = await started.topic('baked.fifo', { FifoTopic: 'true', ...attributes });
    const orders = await started.queue('orders.fifo', { FifoQueue: 'true' });
    await started.subscribe(TopicArn, orders.arn, { RawMessageDelivery: 'true' });
    const publish = (Message: string, MessageDeduplicationId?: string, MessageGroupId: string | undefined = 'g') =>
      started.sns.publish({ TopicArn, Message, MessageGroupId, MessageDeduplicationId });
    return { ...started, TopicArn, orders, publish };
  }

  test('keeps the order, the group and what tells duplicates', async () => {
    const { publish, receive, orders } = await start();
    const all = [];
    for (let n = 0; n < 5; n++) {
      all.push(await publish(`m${n}`, `d${n}`));
    }
    await publish('again', 'd0');
    const messages = await receive(orders.url);
    expect(messages.map(({ Body }) => Body)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']);
    expect(messages[0]?.Attributes).toMatchObject({ MessageGroupId: 'g', MessageDeduplicationId: 'd0' });
    const numbers = all.map(({ SequenceNumber = '' }) => SequenceNumber);
    expect(numbers).toEqual([...numbers].sort());
    expect(numbers[0]).toMatch(/^\d{20}$/);
  });

  test('tells duplicates by their content, within a group where it is to', async () => {
    const attributes = { ContentBasedDeduplication: 'true', FifoThroughputScope: 'MessageGroup' };
    const { publish } = await start(attributes);
    const first = await publish('same');
    expect((await publish('same')).MessageId).toBe(first.MessageId);
    expect((await publish('same', undefined, 'h')).MessageId).not.toBe(first.MessageId);
  });

  test.each<[string, object, RegExp]>([
    ['without a group', { MessageDeduplicationId: 'd' }, /MessageGroupId parameter is required/],
    ['without what tells duplicates', { MessageGroupId: 'g' }, /ContentBasedDeduplication/],
  ])('refuses a message %s', async (_name, input, message) => {
    const { sns, TopicArn } = await start();
    await expect(sns.publish({ TopicArn, Message: 'm', ...input })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });

  test('takes queues alone', async () => {
    const { subscribe, TopicArn } = await start();
    await expect(subscribe(TopicArn, 'http://127.0.0.1:1/', {}, 'http')).rejects.toThrow(/Invalid protocol type/);
  });
});

describe('an HTTP endpoint', () => {
  /** A server that keeps what it gets, and answers as it is told. */
  async function startServer(statuses: number[] = []) {
    const got: { headers: IncomingMessage['headers']; body: string }[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += String(chunk);
      }
      got.push({ headers: request.headers, body });
      response.writeHead(statuses.shift() ?? 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return { got, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
  }

  test('confirms that it wants messages, gets them, and unsubscribes by their URL', async () => {
    const { sns, topic, subscribe } = await startSns();
    const { got, endpoint } = await startServer();
    const TopicArn = await topic();
    const SubscriptionArn = await subscribe(TopicArn, endpoint, {}, 'http');
    await sns.publish({ TopicArn, Message: 'too early' });
    await vi.waitFor(() => expect(got).toHaveLength(1));
    const confirmation = JSON.parse(got[0]?.body ?? '');
    expect(confirmation).toMatchObject({ Type: 'SubscriptionConfirmation', TopicArn, Token: expect.any(String) });
    expect(got[0]?.headers).toMatchObject({
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-topic-arn': TopicArn,
      'content-type': 'text/plain; charset=UTF-8',
    });
    expect((await fetch(confirmation.SubscribeURL)).status).toBe(200);
    await sns.publish({ TopicArn, Message: 'baked' });
    await vi.waitFor(() => expect(got).toHaveLength(2));
    expect(got[1]?.headers).toMatchObject({ 'x-amz-sns-subscription-arn': SubscriptionArn });
    const { Message, UnsubscribeURL } = JSON.parse(got[1]?.body ?? '');
    expect(Message).toBe('baked');
    expect((await fetch(UnsubscribeURL)).status).toBe(200);
    expect((await sns.listSubscriptionsByTopic({ TopicArn })).Subscriptions).toEqual([]);
  });

  test('is tried again as its policy says, and then left', async () => {
    const { sns, topic, subscribe, queue, receive } = await startSns();
    const { got, endpoint } = await startServer([200, 500, 429, 503, 400]);
    const [TopicArn, dead] = [await topic(), await queue('dead')];
    const healthyRetryPolicy = { numRetries: 2, minDelayTarget: 1, maxDelayTarget: 1, numNoDelayRetries: 2 };
    await subscribe(
      TopicArn,
      endpoint,
      {
        RawMessageDelivery: 'true',
        DeliveryPolicy: JSON.stringify({ healthyRetryPolicy }),
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
      },
      'http',
    );
    await vi.waitFor(() => expect(got).toHaveLength(1));
    await sns.confirmSubscription({ TopicArn, Token: JSON.parse(got[0]?.body ?? '').Token });
    await sns.publish({ TopicArn, Message: 'one' });
    expect(await receive(dead.url)).toMatchObject([{ Body: 'one' }]);
    expect(got.slice(1).map(({ body, headers }) => [body, headers['x-amz-sns-rawdelivery']])).toEqual([
      ['one', 'true'],
      ['one', 'true'],
      ['one', 'true'],
    ]);
    // A client's fault is none that a retry mends.
    await sns.publish({ TopicArn, Message: 'two' });
    expect(await receive(dead.url)).toMatchObject([{ Body: 'two' }]);
    expect(got).toHaveLength(5);
  });

  test.each(['http://example.com/hook', 'http://169.254.169.254/', 'http://127.0.0.1.example.com/'])(
    'elsewhere is refused: %s',
    async (endpoint) => {
      const { topic, subscribe } = await startSns();
      await expect(subscribe(await topic(), endpoint, {}, 'http')).rejects.toThrow(/not served.*this machine alone/);
    },
  );
});

test('a topic is made once, described, changed, listed, tagged and deleted', async () => {
  const { sns, topic } = await startSns();
  const TopicArn = await topic('baked', { DisplayName: 'Baked' });
  expect(await topic('baked', { DisplayName: 'Baked' })).toBe(TopicArn);
  await expect(topic('baked', { DisplayName: 'Other' })).rejects.toThrow(/already exists with different attributes/);
  await sns.setTopicAttributes({ TopicArn, AttributeName: 'KmsMasterKeyId', AttributeValue: 'alias/aws/sns' });
  expect((await sns.getTopicAttributes({ TopicArn })).Attributes).toMatchObject({
    TopicArn,
    DisplayName: 'Baked',
    KmsMasterKeyId: 'alias/aws/sns',
    Owner: '000000000000',
    SubscriptionsConfirmed: '0',
    Policy: expect.stringContaining('SNS:Publish'),
  });
  await sns.tagResource({ ResourceArn: TopicArn, Tags: [{ Key: 'team', Value: 'bakers' }] });
  expect((await sns.listTagsForResource({ ResourceArn: TopicArn })).Tags).toEqual([{ Key: 'team', Value: 'bakers' }]);
  expect((await sns.listTopics({})).Topics).toEqual([{ TopicArn }]);
  await sns.deleteTopic({ TopicArn });
  await sns.deleteTopic({ TopicArn });
  await expect(sns.publish({ TopicArn, Message: 'm' })).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('subscriptions are listed in pages, and the same one is made once', async () => {
  const { sns, topic, queue, subscribe } = await startSns();
  const TopicArn = await topic();
  for (let n = 0; n < 101; n++) {
    await subscribe(TopicArn, (await queue(`q${n}`)).arn);
  }
  const first = await sns.listSubscriptionsByTopic({ TopicArn });
  const second = await sns.listSubscriptionsByTopic({ TopicArn, NextToken: first.NextToken });
  expect([first.Subscriptions?.length, second.Subscriptions?.length, second.NextToken]).toEqual([100, 1, undefined]);
  const { arn } = await queue('q0');
  expect(await subscribe(TopicArn, arn)).toBe(first.Subscriptions?.[0]?.SubscriptionArn);
  await expect(subscribe(TopicArn, arn, { RawMessageDelivery: 'true' })).rejects.toThrow(/different attributes/);
});

test('one by e-mail waits for a confirmation that nobody gives', async () => {
  const { sns, topic } = await startSns();
  const TopicArn = await topic();
  const input = { TopicArn, Protocol: 'email', Endpoint: 'baker@example.com' };
  expect((await sns.subscribe(input)).SubscriptionArn).toBe('pending confirmation');
  expect((await sns.listSubscriptions({})).Subscriptions).toMatchObject([{ SubscriptionArn: 'PendingConfirmation' }]);
});

test('a batch is published, but for what is wrong in it', async () => {
  const { sns, topic, queue, subscribe, receive } = await startSns();
  const [TopicArn, orders] = [await topic(), await queue()];
  await subscribe(TopicArn, orders.arn, { RawMessageDelivery: 'true' });
  const PublishBatchRequestEntries = [
    { Id: 'a', Message: 'one' },
    { Id: 'b', Message: 'two', MessageDeduplicationId: 'not here' },
  ];
  expect(await sns.publishBatch({ TopicArn, PublishBatchRequestEntries })).toMatchObject({
    Successful: [{ Id: 'a', MessageId: expect.any(String) }],
    Failed: [{ Id: 'b', Code: 'InvalidParameter', SenderFault: true }],
  });
  expect(await receive(orders.url)).toHaveLength(1);
  const twice = [PublishBatchRequestEntries[0] as { Id: string; Message: string }];
  await expect(sns.publishBatch({ TopicArn, PublishBatchRequestEntries: [...twice, ...twice] })).rejects.toMatchObject({
    name: 'BatchEntryIdsNotDistinctException',
  });
});

describe('Publish refuses', () => {
  test.each<[string, object, string, RegExp]>([
    ['nothing', { Message: '' }, 'InvalidParameterException', /Empty message/],
    ['more than 256 KB', { Message: 'x'.repeat(262_145) }, 'InvalidParameterException', /Message too long/],
    ['a subject of two lines', { Subject: 'a\nb' }, 'InvalidParameterException', /Subject/],
    [
      'a structure without a default',
      { Message: '{"sqs":"q"}', MessageStructure: 'json' },
      'InvalidParameterException',
      /No default entry/,
    ],
    ['a structure that is no JSON', { MessageStructure: 'json' }, 'InvalidParameterException', /failed to parse/],
    [
      'a deduplication ID',
      { MessageDeduplicationId: 'd' },
      'InvalidParameterException',
      /not valid for this topic type/,
    ],
    [
      'an attribute without a value',
      { MessageAttributes: { a: { DataType: 'String' } } },
      'InvalidParameterValueException',
      /non-empty/,
    ],
    [
      'an attribute of another type',
      { MessageAttributes: { a: { DataType: 'Date', StringValue: '1' } } },
      'InvalidParameterValueException',
      /type prefixes/,
    ],
    [
      'a number that is none',
      { MessageAttributes: { a: { DataType: 'Number', StringValue: 'x' } } },
      'InvalidParameterValueException',
      /number/,
    ],
    ['what is no topic', { TopicArn: 'baked' }, 'InvalidParameterException', /TopicArn/],
    ['a phone number', { TopicArn: undefined, PhoneNumber: '+4912345' }, 'NotImplemented', /phone is not served/],
  ])('%s', async (_name, input, name, message) => {
    const { sns, topic } = await startSns();
    const published = sns.publish({ TopicArn: await topic(), Message: 'm', ...input });
    await expect(published).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });
});

describe('Subscribe refuses', () => {
  test.each<[string, string, string, Record<string, string>, RegExp]>([
    ['a protocol that is none', 'pigeon', 'x', {}, /does not support this protocol/],
    ['text messages', 'sms', '+49', {}, /sms is not served/],
    ['a queue that is no ARN', 'sqs', 'orders', {}, /SQS endpoint ARN/],
    ['an URL of another protocol', 'http', 'https://127.0.0.1/', {}, /match the specified protocol/],
    ['a FIFO queue', 'sqs', 'arn:aws:sqs:eu-west-1:000000000000:q.fifo', {}, /FIFO SQS Queues can not be subscribed/],
    [
      'raw messages for a function',
      'lambda',
      'arn:aws:lambda:eu-west-1:000000000000:function:f',
      { RawMessageDelivery: 'true' },
      /does not support raw/,
    ],
    [
      'a filter policy that is none',
      'sqs',
      'arn:aws:sqs:eu-west-1:000000000000:q',
      { FilterPolicy: '{' },
      /FilterPolicy/,
    ],
    [
      'a scope that is none',
      'sqs',
      'arn:aws:sqs:eu-west-1:000000000000:q',
      { FilterPolicyScope: 'Body' },
      /FilterPolicyScope/,
    ],
    [
      'a dead-letter queue that is none',
      'sqs',
      'arn:aws:sqs:eu-west-1:000000000000:q',
      { RedrivePolicy: '{}' },
      /deadLetterTargetArn/,
    ],
    ['an attribute that is none', 'sqs', 'arn:aws:sqs:eu-west-1:000000000000:q', { Colour: 'red' }, /AttributeName/],
  ])('%s', async (_name, protocol, endpoint, attributes, message) => {
    const { topic, subscribe } = await startSns();
    await expect(subscribe(await topic(), endpoint, attributes, protocol)).rejects.toThrow(message);
  });
});
