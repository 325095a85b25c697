import { expect, test } from 'vitest';
import { bodies, pass, startSqs } from '../sqs.fixture.ts';

function startWithDeadLetters({ maxReceiveCount = 2, suffix = '' } = {}) {
  const sqs = startSqs();
  const [source, dead] = [`orders${suffix}`, `dead${suffix}`];
  const fifo = suffix ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
  sqs.create(dead, fifo);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: sqs.arnOf(dead), maxReceiveCount });
  sqs.create(source, { VisibilityTimeout: '10', RedrivePolicy, ...fifo });
  const receiveAfter = (seconds: number) => pass(seconds).then(() => sqs.receive(source));
  return { ...sqs, receiveAfter };
}

test('a message that was received too often moves when it would be received once more', async () => {
  const { send, receive, receiveAfter, counts, arnOf } = startWithDeadLetters();
  const { MessageId } = send('orders', 'poison');
  const [first] = await receiveAfter(1);
  await receiveAfter(10);
  expect(counts('dead')).toEqual([0, 0, 0]);
  expect(await receiveAfter(10)).toEqual([]);
  expect([counts('orders'), counts('dead')]).toEqual([
    [0, 0, 0],
    [1, 0, 0],
  ]);
  const [dead] = await receive('dead');
  expect(dead).toMatchObject({
    MessageId,
    Body: 'poison',
    Attributes: {
      DeadLetterQueueSourceArn: arnOf('orders'),
      SentTimestamp: first?.Attributes?.SentTimestamp,
      ApproximateFirstReceiveTimestamp: first?.Attributes?.ApproximateFirstReceiveTimestamp,
      // Counted over all queues.
      ApproximateReceiveCount: '3',
    },
  });
});

test('those who wait at the dead-letter queue get it at once, those at the source go on waiting', async () => {
  const { send, receive, receiveAfter } = startWithDeadLetters({ maxReceiveCount: 1 });
  send('orders', 'poison');
  await receiveAfter(1);
  const atSource = receive('orders', { WaitTimeSeconds: 20 });
  const atDead = receive('dead', { WaitTimeSeconds: 20 });
  await pass(9);
  send('orders', 'good', { DelaySeconds: 2 });
  await pass(1);
  expect(bodies(await atDead)).toEqual(['poison']);
  await pass(1);
  expect(bodies(await atSource)).toEqual(['good']);
});

test('one receive moves what is due and goes on to the next', async () => {
  const { send, receive, receiveAfter, counts } = startWithDeadLetters({ maxReceiveCount: 1 });
  for (const body of ['a', 'b']) {
    send('orders', body);
  }
  await receiveAfter(0);
  send('orders', 'c');
  await pass(10);
  expect(bodies(await receive('orders'))).toEqual(['c']);
  expect(counts('dead')).toEqual([2, 0, 0]);
});

test('the retention period goes on in a standard dead-letter queue', async () => {
  const { operations, urlOf, send, receiveAfter, counts } = startWithDeadLetters({ maxReceiveCount: 1 });
  operations.SetQueueAttributes({ QueueUrl: urlOf('dead'), Attributes: { MessageRetentionPeriod: '60' } });
  send('orders', 'poison');
  await receiveAfter(0);
  await receiveAfter(20);
  await pass(39);
  expect(counts('dead')).toEqual([1, 0, 0]);
  await pass(1);
  expect(counts('dead')).toEqual([0, 0, 0]);
});

test('it begins anew in a FIFO dead-letter queue, and the group goes on without the message', async () => {
  const { operations, urlOf, send, receive, receiveAfter, counts } = startWithDeadLetters({
    maxReceiveCount: 1,
    suffix: '.fifo',
  });
  const Attributes = { MessageRetentionPeriod: '60' };
  operations.SetQueueAttributes({ QueueUrl: urlOf('dead.fifo'), Attributes });
  for (const body of ['poison', 'next']) {
    send('orders.fifo', body, { MessageGroupId: 'g' });
  }
  expect(bodies(await receive('orders.fifo', { MaxNumberOfMessages: 1 }))).toEqual(['poison']);
  expect(bodies(await receiveAfter(10))).toEqual(['next']);
  await pass(59);
  expect(counts('dead.fifo')).toEqual([1, 0, 0]);
  const [dead] = await receive('dead.fifo');
  expect(dead?.Attributes).toMatchObject({ MessageGroupId: 'g', ApproximateReceiveCount: '2' });
  await pass(1);
  expect(counts('dead.fifo')).toEqual([0, 0, 0]);
});

test('without its dead-letter queue a message stays where it is', async () => {
  const { operations, urlOf, send, receiveAfter } = startWithDeadLetters({ maxReceiveCount: 1 });
  operations.DeleteQueue({ QueueUrl: urlOf('dead') });
  send('orders', 'poison');
  await receiveAfter(0);
  expect(bodies(await receiveAfter(10))).toEqual(['poison']);
});

test('a policy that is set later counts the receives before it', async () => {
  const { operations, urlOf, arnOf, create, send, receive, counts } = startSqs();
  create('orders');
  create('dead');
  send('orders', 'poison');
  for (let i = 0; i < 3; i++) {
    await receive('orders', { VisibilityTimeout: 0 });
  }
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: '3' });
  operations.SetQueueAttributes({ QueueUrl: urlOf('orders'), Attributes: { RedrivePolicy } });
  expect(await receive('orders')).toEqual([]);
  expect(counts('dead')).toEqual([1, 0, 0]);
});

test('a dead-letter queue knows its sources, a page at a time', () => {
  const { operations, urlOf, arnOf, create } = startWithDeadLetters();
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 });
  create('another', { RedrivePolicy });
  const QueueUrl = urlOf('dead');
  const first = operations.ListDeadLetterSourceQueues({ QueueUrl, MaxResults: 1 });
  expect(first.queueUrls).toEqual([urlOf('another')]);
  const { NextToken } = first;
  expect(operations.ListDeadLetterSourceQueues({ QueueUrl, MaxResults: 1, NextToken })).toEqual({
    queueUrls: [urlOf('orders')],
  });
});

test.each([
  { allow: { redrivePermission: 'allowAll' }, allowed: true },
  { allow: { redrivePermission: 'denyAll' }, allowed: false },
  { allow: { redrivePermission: 'byQueue', sourceQueueArns: ['orders'] }, allowed: true },
  { allow: { redrivePermission: 'byQueue', sourceQueueArns: ['others'] }, allowed: false },
])('a dead-letter queue that has the policy $allow', ({ allow, allowed }) => {
  const { create, arnOf } = startSqs();
  const sourceQueueArns = allow.sourceQueueArns?.map(arnOf);
  create('dead', { RedriveAllowPolicy: JSON.stringify({ ...allow, sourceQueueArns }) });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 });
  const attempt = () => create('orders', { RedrivePolicy });
  if (allowed) {
    expect(attempt).not.toThrow();
  } else {
    expect(attempt).toThrow(/does not allow the source queue/);
  }
});
