import { describe, expect, test, vi } from 'vitest';
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
