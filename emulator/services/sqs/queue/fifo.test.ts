import { expect, test } from 'vitest';
import { bodies, pass, startSqs } from '../sqs.fixture.ts';

function startFifo(attributes: Readonly<Record<string, string>> = {}) {
  const sqs = startSqs();
  sqs.create('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...attributes });
  return {
    ...sqs,
    /** Sends `g1:a` as message a of group g1. */
    sendAll: (...messages: string[]) =>
      messages.map((message) => sqs.send('orders.fifo', message, { MessageGroupId: message.split(':')[0] ?? '' })),
    take: (limit = 10) => sqs.receive('orders.fifo', { MaxNumberOfMessages: limit }),
  };
}

test('as many of a group as there are come first, in their order', async () => {
  const { sendAll, take } = startFifo();
  sendAll('g1:a', 'g2:a', 'g1:b', 'g2:b', 'g1:c');
  expect(bodies(await take(4))).toEqual(['g1:a', 'g1:b', 'g1:c', 'g2:a']);
});

test('a group is blocked while one of it is in flight, and other groups are not', async () => {
  const { sendAll, take, remove } = startFifo();
  sendAll('g1:a', 'g1:b', 'g1:c', 'g2:a');
  const [a] = await take(1);
  expect(bodies(await take())).toEqual(['g2:a']);
  expect(await take()).toEqual([]);
  remove('orders.fifo', a?.ReceiptHandle);
  expect(bodies(await take())).toEqual(['g1:b', 'g1:c']);
});

test('a message that comes back is in front of those sent after it', async () => {
  const { sendAll, take, hide } = startFifo();
  sendAll('g1:a', 'g1:b', 'g1:c');
  const [a, b] = await take(2);
  hide('orders.fifo', b?.ReceiptHandle, 0);
  hide('orders.fifo', a?.ReceiptHandle, 0);
  expect(bodies(await take())).toEqual(['g1:a', 'g1:b', 'g1:c']);
});

test.each<[how: string, seconds: number]>([
  ['is made visible', 0],
  ['comes back by its timeout', 1],
])(
  'a message that %s can be received while others of its group are in flight (verified on AWS)',
  async (_how, seconds) => {
    const { sendAll, take, hide, remove } = startFifo();
    sendAll('g1:a', 'g1:b', 'g1:c', 'g2:a');
    const [a, b] = await take(2);
    hide('orders.fifo', a?.ReceiptHandle, seconds);
    await pass(seconds);
    const again = await take();
    expect(bodies(again)).toEqual(['g2:a', 'g1:a']);
    // What was never received waits for all of its group.
    expect(await take()).toEqual([]);
    remove('orders.fifo', b?.ReceiptHandle);
    remove('orders.fifo', again[1]?.ReceiptHandle);
    expect(bodies(await take())).toEqual(['g1:c']);
  },
);

test('a group with a part of it deleted waits for the rest (verified on AWS)', async () => {
  const { sendAll, take, remove } = startFifo();
  sendAll('g1:a', 'g2:a', 'g1:b', 'g2:b', 'g1:c', 'g3:a');
  const [a] = await take(2);
  remove('orders.fifo', a?.ReceiptHandle);
  expect(bodies(await take())).toEqual(['g2:a', 'g2:b', 'g3:a']);
});

test('a purge forgets what was sent (verified on AWS)', async () => {
  const { operations, urlOf, sendAll, take } = startFifo();
  sendAll('g1:a');
  operations.PurgeQueue({ QueueUrl: urlOf('orders.fifo') });
  sendAll('g1:a');
  expect(bodies(await take())).toEqual(['g1:a']);
});

test('a visibility timeout ends the blocking', async () => {
  const { sendAll, take } = startFifo({ VisibilityTimeout: '10' });
  sendAll('g1:a', 'g1:b');
  await take(1);
  await pass(10);
  expect(bodies(await take())).toEqual(['g1:a', 'g1:b']);
});

test('who waits is woken when a group is free again', async () => {
  const { sendAll, take, receive, remove } = startFifo();
  sendAll('g1:a', 'g1:b');
  const [a] = await take(1);
  const waiting = receive('orders.fifo', { WaitTimeSeconds: 20 });
  remove('orders.fifo', a?.ReceiptHandle);
  expect(bodies(await waiting)).toEqual(['g1:b']);
});

test('messages have increasing sequence numbers of 20 digits', async () => {
  const { sendAll, take } = startFifo();
  const sent = sendAll('g1:a', 'g1:b', 'g2:a').map(({ SequenceNumber }) => SequenceNumber);
  expect(sent.every((number) => /^\d{20}$/.test(number ?? ''))).toBe(true);
  expect([...sent].sort()).toEqual(sent);
  const [a] = await take();
  expect(a?.Attributes).toMatchObject({ SequenceNumber: sent[0], MessageGroupId: 'g1' });
});

test('the same content within five minutes is accepted, answered as before, and delivered once', async () => {
  const { sendAll, take, remove } = startFifo();
  const [first] = sendAll('g1:a');
  await pass(299);
  expect(sendAll('g1:a')).toEqual([first]);
  const [message, ...rest] = await take();
  expect([message?.MessageId, rest]).toEqual([first?.MessageId, []]);
  // Deleted messages count too.
  remove('orders.fifo', message?.ReceiptHandle);
  sendAll('g1:a');
  expect(await take()).toEqual([]);
  await pass(1);
  sendAll('g1:a');
  expect(bodies(await take())).toEqual(['g1:a']);
});

test.each([
  { scope: 'queue', delivered: ['1'] },
  { scope: 'messageGroup', delivered: ['1', '3'] },
])('a deduplication id counts within its $scope', async ({ scope, delivered }) => {
  const { send, take } = startFifo({ DeduplicationScope: scope });
  send('orders.fifo', '1', { MessageGroupId: 'g1', MessageDeduplicationId: 'd' });
  send('orders.fifo', '2', { MessageGroupId: 'g1', MessageDeduplicationId: 'd' });
  send('orders.fifo', '3', { MessageGroupId: 'g2', MessageDeduplicationId: 'd' });
  expect(bodies(await take())).toEqual(delivered);
});

test('an id tells apart what has the same content', async () => {
  const { send, take } = startFifo();
  for (const MessageDeduplicationId of ['d1', 'd2']) {
    send('orders.fifo', 'same', { MessageGroupId: 'g', MessageDeduplicationId });
  }
  expect((await take()).map(({ Attributes }) => Attributes?.MessageDeduplicationId)).toEqual(['d1', 'd2']);
});

test('the delay of the queue holds back a group, in order', async () => {
  const { operations, urlOf, sendAll, take } = startFifo({ DelaySeconds: '10' });
  sendAll('g1:a');
  operations.SetQueueAttributes({ QueueUrl: urlOf('orders.fifo'), Attributes: { DelaySeconds: '0' } });
  sendAll('g1:b', 'g2:a');
  expect(bodies(await take())).toEqual(['g2:a']);
  await pass(10);
  expect(bodies(await take())).toEqual(['g1:a', 'g1:b']);
});

test('a receipt handle whose visibility timeout has ended is refused', async () => {
  const { sendAll, take, remove, hide } = startFifo({ VisibilityTimeout: '10' });
  sendAll('g1:a');
  const [first] = await take();
  await pass(10);
  expect(() => remove('orders.fifo', first?.ReceiptHandle)).toThrow(
    `Value ${first?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  );
  expect(() => hide('orders.fifo', first?.ReceiptHandle, 5)).toThrow(/expired/);
  const [second] = await take();
  expect(() => remove('orders.fifo', first?.ReceiptHandle)).toThrow(/expired/);
  expect(remove('orders.fifo', second?.ReceiptHandle)).toEqual({});
  expect(remove('orders.fifo', second?.ReceiptHandle)).toEqual({});
});

test('a receive is repeated by its attempt id, until a message of it is gone', async () => {
  const { sendAll, receive, remove } = startFifo({ VisibilityTimeout: '10' });
  sendAll('g1:a', 'g1:b');
  const attempt = () => receive('orders.fifo', { ReceiveRequestAttemptId: 'attempt' });
  const first = await attempt();
  await pass(9);
  expect(await attempt()).toEqual(first);
  // Repeating began the visibility timeout anew.
  await pass(9);
  expect(await receive('orders.fifo')).toEqual([]);
  remove('orders.fifo', first[0]?.ReceiptHandle);
  expect(await attempt()).toEqual([]);
});
