import type * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { bodies, pass, startSqs } from './sqs.fixture.ts';

const standard = {
  ApproximateNumberOfMessages: '0',
  ApproximateNumberOfMessagesDelayed: '0',
  ApproximateNumberOfMessagesNotVisible: '0',
  CreatedTimestamp: '1795392000',
  LastModifiedTimestamp: '1795392000',
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  QueueArn: 'arn:aws:sqs:eu-west-1:123456789012:orders',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

test('a new queue has an URL, an ARN and default attributes', () => {
  const { create, attributes } = startSqs();
  expect(create('orders')).toBe('http://127.0.0.1:4566/123456789012/orders');
  expect(attributes('orders')).toEqual(standard);
});

test('a new FIFO queue has some more', () => {
  const { create, attributes } = startSqs();
  create('orders.fifo', { FifoQueue: 'true' });
  expect(attributes('orders.fifo')).toEqual({
    ...standard,
    QueueArn: 'arn:aws:sqs:eu-west-1:123456789012:orders.fifo',
    FifoQueue: 'true',
    ContentBasedDeduplication: 'false',
    DeduplicationScope: 'queue',
    FifoThroughputLimit: 'perQueue',
  });
});

test('creating a queue again changes nothing, unless an attribute that is asked for differs', () => {
  const { operations, create, attributes, urlOf } = startSqs();
  const tags = { app: 'factory' };
  const url = operations.CreateQueue({ QueueName: 'orders', Attributes: { DelaySeconds: '5' }, tags }).QueueUrl;
  expect(operations.CreateQueue({ QueueName: 'orders', tags: { app: 'other' } }).QueueUrl).toBe(url);
  expect(create('orders', { DelaySeconds: '5', VisibilityTimeout: '30' })).toBe(url);
  expect(() => create('orders', { DelaySeconds: '6' })).toThrow(
    expect.objectContaining({
      name: 'QueueNameExists',
      message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
    }),
  );
  expect(attributes('orders').DelaySeconds).toBe('5');
  expect(operations.ListQueueTags({ QueueUrl: urlOf('orders') }).Tags).toEqual(tags);
});

test.each<{ name: string; attributes?: sqs.CreateQueueRequest['Attributes']; message: string | RegExp }>([
  { name: '', message: /QueueName/ },
  { name: 'a b', message: 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length' },
  { name: 'a'.repeat(81), message: /1 to 80 in length/ },
  { name: 'orders.fifo', message: /Can only include alphanumeric/ },
  { name: 'orders', attributes: { FifoQueue: 'true' }, message: /must end with .fifo suffix/ },
  { name: 'orders', attributes: { FifoQueue: 'false' }, message: 'Unknown Attribute FifoQueue.' },
])('a queue cannot be called "$name" with $attributes', ({ name, attributes, message }) => {
  const { create } = startSqs();
  expect(() => create(name, attributes)).toThrow(message);
});

const redrive = (policy: object) => ({ RedrivePolicy: JSON.stringify(policy) });
const deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:123456789012:dead';

test.each<{ attributes: Record<string, string>; name: string; message: string | RegExp }>([
  ...[
    ['DelaySeconds', '901'],
    ['DelaySeconds', '-1'],
    ['DelaySeconds', '1.5'],
    ['MaximumMessageSize', '1023'],
    ['MaximumMessageSize', '1048577'],
    ['MessageRetentionPeriod', '59'],
    ['MessageRetentionPeriod', '1209601'],
    ['ReceiveMessageWaitTimeSeconds', '21'],
    ['VisibilityTimeout', '43201'],
    ['VisibilityTimeout', 'long'],
    ['KmsDataKeyReusePeriodSeconds', '59'],
    ['SqsManagedSseEnabled', 'yes'],
    ['Policy', 'not JSON'],
  ].map(([attribute = '', value = '']) => ({
    attributes: { [attribute]: value },
    name: 'InvalidAttributeValue',
    message: `Invalid value for the parameter ${attribute}.`,
  })),
  ...['FifoQueue', 'ContentBasedDeduplication', 'QueueArn', 'CreatedTimestamp', 'Colour'].map((attribute) => ({
    attributes: { [attribute]: 'true' },
    name: 'InvalidAttributeName',
    message: `Unknown Attribute ${attribute}.`,
  })),
  {
    attributes: { KmsMasterKeyId: 'alias/aws/sqs', SqsManagedSseEnabled: 'true' },
    name: 'InvalidAttributeName',
    message: /You can use one type of server-side encryption/,
  },
  { attributes: { RedrivePolicy: '[]' }, name: 'InvalidParameterValueException', message: /not a valid JSON map/ },
  {
    attributes: redrive({ deadLetterTargetArn: 'dummy', maxReceiveCount: 42 }),
    name: 'InvalidParameterValueException',
    message:
      'Value {"deadLetterTargetArn":"dummy","maxReceiveCount":42} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.',
  },
  {
    attributes: redrive({ deadLetterTargetArn }),
    name: 'InvalidParameterValueException',
    message: /mandatory attribute: maxReceiveCount/,
  },
  {
    attributes: redrive({ maxReceiveCount: 1 }),
    name: 'InvalidParameterValueException',
    message: /mandatory attribute: deadLetterTargetArn/,
  },
  ...[0, 1001, 1.5, 'many'].map((maxReceiveCount) => ({
    attributes: redrive({ deadLetterTargetArn, maxReceiveCount }),
    name: 'InvalidParameterValueException',
    message: `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`,
  })),
  {
    attributes: redrive({ deadLetterTargetArn: `${deadLetterTargetArn}-missing`, maxReceiveCount: 1 }),
    name: 'InvalidParameterValueException',
    message: /Dead letter target does not exist/,
  },
  {
    attributes: redrive({ deadLetterTargetArn: `${deadLetterTargetArn}.fifo`, maxReceiveCount: 1 }),
    name: 'InvalidParameterValueException',
    message: /must be same type of queue/,
  },
  {
    attributes: { RedriveAllowPolicy: '{"redrivePermission":"some"}' },
    name: 'InvalidParameterValueException',
    message: /redrivePermission/,
  },
  {
    attributes: { RedriveAllowPolicy: '{"redrivePermission":"byQueue"}' },
    name: 'InvalidParameterValueException',
    message: /sourceQueueArns/,
  },
])('the attributes $attributes are refused', ({ attributes, name, message }) => {
  const sqs = startSqs();
  sqs.create('dead');
  sqs.create('dead.fifo', { FifoQueue: 'true' });
  sqs.create('orders');
  const before = sqs.attributes('orders');
  const attempt = () => sqs.operations.SetQueueAttributes({ QueueUrl: sqs.urlOf('orders'), Attributes: attributes });
  expect(attempt).toThrow(expect.objectContaining({ name }));
  expect(attempt).toThrow(message);
  expect(sqs.attributes('orders')).toEqual(before);
});

test('a queue keeps its type', () => {
  const { operations, create, urlOf } = startSqs();
  create('orders.fifo', { FifoQueue: 'true' });
  const QueueUrl = urlOf('orders.fifo');
  expect(operations.SetQueueAttributes({ QueueUrl, Attributes: { FifoQueue: 'true' } })).toEqual({});
  expect(() => operations.SetQueueAttributes({ QueueUrl, Attributes: { FifoQueue: 'false' } })).toThrow(
    'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
  );
});

test('attributes are set in place: the messages stay', async () => {
  const { operations, create, send, receive, urlOf, attributes } = startSqs();
  create('orders');
  send('orders', 'a');
  await pass(5);
  const changes = { VisibilityTimeout: '60', KmsMasterKeyId: 'alias/aws/sqs', Policy: '{"Statement":[]}' };
  operations.SetQueueAttributes({ QueueUrl: urlOf('orders'), Attributes: changes });
  expect(attributes('orders')).toEqual({
    ...standard,
    ...changes,
    ApproximateNumberOfMessages: '1',
    LastModifiedTimestamp: '1795392005',
    SqsManagedSseEnabled: 'false',
    KmsDataKeyReusePeriodSeconds: '300',
  });
  expect(bodies(await receive('orders'))).toEqual(['a']);
  operations.SetQueueAttributes({ QueueUrl: urlOf('orders'), Attributes: { Policy: '', KmsMasterKeyId: '' } });
  expect(Object.keys(attributes('orders')).sort()).toEqual(Object.keys(standard).sort());
});

test.each<{ names: sqs.QueueAttributeName[]; found: string[] | undefined }>([
  { names: [], found: undefined },
  { names: ['QueueArn', 'VisibilityTimeout'], found: ['QueueArn', 'VisibilityTimeout'] },
  { names: ['RedrivePolicy'], found: undefined },
])('the attributes $names can be asked for', ({ names, found }) => {
  const { operations, create, urlOf } = startSqs();
  create('orders');
  const { Attributes } = operations.GetQueueAttributes({ QueueUrl: urlOf('orders'), AttributeNames: names });
  expect(Attributes && Object.keys(Attributes).sort()).toEqual(found);
});

test.each([
  'http://127.0.0.1:4566/123456789012/orders',
  'https://sqs.eu-west-1.amazonaws.com/123456789012/orders',
  '/123456789012/orders',
  'http://elsewhere/123456789012/orders/',
  // Verified on AWS.
  'orders',
])('the queue is recognised by the path of %s', (QueueUrl) => {
  const { operations, create } = startSqs();
  create('orders');
  expect(operations.ListQueueTags({ QueueUrl })).toEqual({});
});

test.each([
  ['http://127.0.0.1:4566/123456789012/other', 'QueueDoesNotExist', 'The specified queue does not exist.'],
  ['http://127.0.0.1:4566/999999999999/orders', 'QueueDoesNotExist', 'The specified queue does not exist.'],
  ['orders!', 'InvalidAddress', 'The address orders! is not valid for this endpoint.'],
  [undefined, 'MissingRequiredParameterException', 'The request must contain the parameter QueueUrl.'],
])('there is no queue at %s', (QueueUrl, name, message) => {
  const { operations, create } = startSqs();
  create('orders');
  expect(() => operations.PurgeQueue({ QueueUrl })).toThrow(expect.objectContaining({ name, message }));
});

test('attributes that are true or false are so in any case (verified on AWS)', () => {
  const { operations, create, attributes, urlOf } = startSqs();
  create('orders.fifo', { FifoQueue: 'True', ContentBasedDeduplication: 'TRUE' });
  const QueueUrl = urlOf('orders.fifo');
  expect(attributes('orders.fifo')).toMatchObject({ FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  expect(create('orders.fifo', { FifoQueue: 'true' })).toBe(QueueUrl);
  operations.SetQueueAttributes({ QueueUrl, Attributes: { ContentBasedDeduplication: 'False' } });
  expect(attributes('orders.fifo')).toMatchObject({ ContentBasedDeduplication: 'false' });
});

test('queues are found by name, and listed by prefix, a page at a time', () => {
  const { operations, create, urlOf } = startSqs();
  expect(operations.ListQueues({})).toEqual({});
  for (const name of ['b-2', 'a-1', 'b-1', 'b-3']) {
    create(name);
  }
  expect(operations.GetQueueUrl({ QueueName: 'b-1' })).toEqual({ QueueUrl: urlOf('b-1') });
  const QueueOwnerAWSAccountId = '999999999999';
  for (const input of [{ QueueName: 'c' }, { QueueName: 'b-1', QueueOwnerAWSAccountId }]) {
    expect(() => operations.GetQueueUrl(input)).toThrow(expect.objectContaining({ name: 'QueueDoesNotExist' }));
  }
  expect(operations.ListQueues({})).toEqual({ QueueUrls: ['a-1', 'b-1', 'b-2', 'b-3'].map(urlOf) });
  const first = operations.ListQueues({ QueueNamePrefix: 'b', MaxResults: 2 });
  expect(first.QueueUrls).toEqual(['b-1', 'b-2'].map(urlOf));
  const { NextToken } = first;
  expect(operations.ListQueues({ QueueNamePrefix: 'b', MaxResults: 2, NextToken })).toEqual({
    QueueUrls: [urlOf('b-3')],
  });
});

test('a deleted queue is gone with its messages, and its name is free after a minute', async () => {
  const { operations, create, send, urlOf, counts } = startSqs();
  create('orders');
  send('orders', 'a');
  operations.DeleteQueue({ QueueUrl: urlOf('orders') });
  expect(() => send('orders', 'b')).toThrow(expect.objectContaining({ name: 'QueueDoesNotExist' }));
  await pass(59);
  expect(() => create('orders')).toThrow(expect.objectContaining({ name: 'QueueDeletedRecently' }));
  await pass(1);
  create('orders', { DelaySeconds: '7' });
  expect(counts('orders')).toEqual([0, 0, 0]);
});

test('a purge takes all messages, once a minute', async () => {
  const { operations, create, send, receive, urlOf, counts } = startSqs();
  create('orders');
  for (const body of ['in flight', 'visible']) {
    send('orders', body);
  }
  send('orders', 'delayed', { DelaySeconds: 5 });
  await receive('orders', { MaxNumberOfMessages: 1 });
  expect(counts('orders')).toEqual([1, 1, 1]);
  const purge = () => operations.PurgeQueue({ QueueUrl: urlOf('orders') });
  purge();
  expect(counts('orders')).toEqual([0, 0, 0]);
  await pass(59);
  expect(purge).toThrow('Only one PurgeQueue operation on orders is allowed every 60 seconds.');
  await pass(1);
  expect(purge()).toEqual({});
});

test('queues have tags', () => {
  const { operations, create, urlOf } = startSqs();
  create('orders');
  const QueueUrl = urlOf('orders');
  operations.TagQueue({ QueueUrl, Tags: { tag1: 'value1', tag2: 'value2', tag3: '' } });
  operations.TagQueue({ QueueUrl, Tags: { tag1: 'other' } });
  operations.UntagQueue({ QueueUrl, TagKeys: ['tag2', 'tag4'] });
  expect(operations.ListQueueTags({ QueueUrl })).toEqual({ Tags: { tag1: 'other', tag3: '' } });
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`key${i}`, '']));
  expect(() => operations.TagQueue({ QueueUrl, Tags: many })).toThrow(/Too many tags/);
});
