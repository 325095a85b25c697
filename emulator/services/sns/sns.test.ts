import { describe, expect, test } from 'vitest';
import { startSns } from './sns.fixture.ts';

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
