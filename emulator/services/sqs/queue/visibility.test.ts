import { expect, test, vi } from 'vitest';
import { bodies, pass, startSqs } from '../sqs.fixture.ts';

test('a received message is hidden for its visibility timeout, and then received again', async () => {
  const { create, send, receive, counts } = startSqs();
  create('orders', { VisibilityTimeout: '20' });
  send('orders', 'a');
  const [first] = await receive('orders');
  expect(counts('orders')).toEqual([0, 1, 0]);
  await pass(19.999);
  expect(await receive('orders')).toEqual([]);
  await pass(0.001);
  const [second] = await receive('orders');
  expect(second).toMatchObject({ MessageId: first?.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
  expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
});

test('a receive can have a visibility timeout of its own; 0 hides nothing', async () => {
  const { create, send, receive } = startSqs();
  create('orders', { VisibilityTimeout: '20' });
  send('orders', 'a');
  expect(await receive('orders', { VisibilityTimeout: 0 })).toHaveLength(1);
  expect(await receive('orders', { VisibilityTimeout: 2 })).toHaveLength(1);
  await pass(2);
  expect(await receive('orders')).toHaveLength(1);
});

test.each([
  { what: 'of a message in flight', ofReceive: 1, passed: 1, left: [0, 0, 0] },
  { what: 'after its visibility timeout, but not received again', ofReceive: 1, passed: 31, left: [0, 0, 0] },
  { what: 'of an earlier receive', ofReceive: 1, receivedAgainAfter: 31, passed: 0, left: [0, 1, 0] },
  { what: 'of the latest receive', ofReceive: 2, receivedAgainAfter: 31, passed: 0, left: [0, 0, 0] },
])('deleting by the receipt handle $what', async ({ ofReceive, receivedAgainAfter, passed, left }) => {
  const { create, send, receive, remove, counts } = startSqs();
  create('orders');
  send('orders', 'a');
  const handles = [(await receive('orders'))[0]?.ReceiptHandle];
  if (receivedAgainAfter !== undefined) {
    await pass(receivedAgainAfter);
    handles.push((await receive('orders'))[0]?.ReceiptHandle);
  }
  await pass(passed);
  remove('orders', handles[ofReceive - 1]);
  expect(counts('orders')).toEqual(left);
});

test('deleting what is deleted already succeeds', async () => {
  const { create, send, receive, remove } = startSqs();
  create('orders');
  send('orders', 'a');
  const [message] = await receive('orders');
  remove('orders', message?.ReceiptHandle);
  expect(remove('orders', message?.ReceiptHandle)).toEqual({});
});

test('a visibility timeout can be extended, shortened and ended', async () => {
  const { create, send, receive, hide } = startSqs();
  create('orders');
  send('orders', 'a');
  const [first] = await receive('orders');
  await pass(20);
  hide('orders', first?.ReceiptHandle, 30);
  await pass(29);
  expect(await receive('orders')).toEqual([]);
  hide('orders', first?.ReceiptHandle, 2);
  await pass(2);
  const [second] = await receive('orders');
  hide('orders', second?.ReceiptHandle, 0);
  expect(await receive('orders')).toHaveLength(1);
});

test('a visibility timeout that has ended already is not changed', async () => {
  const { create, send, receive, hide } = startSqs();
  create('orders');
  send('orders', 'a');
  const [message] = await receive('orders');
  await pass(30);
  expect(hide('orders', message?.ReceiptHandle, 60)).toEqual({});
  expect(await receive('orders')).toHaveLength(1);
});

test('an earlier receipt handle cannot take a message from who holds it now', async () => {
  const { create, send, receive, remove, counts } = startSqs();
  create('orders');
  send('orders', 'a');
  const [first] = await receive('orders');
  await pass(30);
  await receive('orders');
  remove('orders', first?.ReceiptHandle);
  expect(counts('orders')).toEqual([0, 1, 0]);
});

test('an earlier receipt handle changes the timeout of who holds it now (verified on AWS)', async () => {
  const { create, send, receive, hide } = startSqs();
  create('orders');
  send('orders', 'a');
  const [first] = await receive('orders');
  await pass(30);
  await receive('orders');
  hide('orders', first?.ReceiptHandle, 0);
  expect(await receive('orders')).toHaveLength(1);
});

test('a message is hidden for twelve hours at the most, counted from its receive', async () => {
  const { create, send, receive, hide } = startSqs();
  create('orders');
  send('orders', 'a');
  const [message] = await receive('orders', { VisibilityTimeout: 43_200 });
  await pass(1);
  expect(hide('orders', message?.ReceiptHandle, 43_199)).toEqual({});
  expect(() => hide('orders', message?.ReceiptHandle, 43_200)).toThrow(
    'Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
  );
});

test('a message can be delayed by its sender, or by its queue', async () => {
  const { create, send, receive, counts } = startSqs();
  create('orders', { DelaySeconds: '10' });
  send('orders', 'of the queue');
  send('orders', 'of the sender', { DelaySeconds: 900 });
  send('orders', 'not at all', { DelaySeconds: 0 });
  expect(counts('orders')).toEqual([1, 0, 2]);
  expect(bodies(await receive('orders', { VisibilityTimeout: 900 }))).toEqual(['not at all']);
  await pass(10);
  expect(bodies(await receive('orders', { VisibilityTimeout: 900 }))).toEqual(['of the queue']);
  await pass(889);
  expect(await receive('orders')).toEqual([]);
  await pass(1);
  expect(bodies(await receive('orders'))).toContain('of the sender');
});

test('messages are kept for the retention period, in whatever state they are', async () => {
  const { create, send, receive, remove, counts } = startSqs();
  create('orders', { MessageRetentionPeriod: '60' });
  send('orders', 'visible');
  send('orders', 'delayed', { DelaySeconds: 900 });
  send('orders', 'in flight');
  const [first] = await receive('orders', { MaxNumberOfMessages: 1, VisibilityTimeout: 900 });
  await pass(59);
  expect(counts('orders')).toEqual([1, 1, 1]);
  await pass(1);
  expect(counts('orders')).toEqual([0, 0, 0]);
  expect(remove('orders', first?.ReceiptHandle)).toEqual({});
});

test('a shorter retention period holds for messages that are there already', async () => {
  const { operations, urlOf, create, send, counts } = startSqs();
  create('orders');
  send('orders', 'a');
  await pass(100);
  send('orders', 'b');
  const Attributes = { MessageRetentionPeriod: '100' };
  operations.SetQueueAttributes({ QueueUrl: urlOf('orders'), Attributes });
  expect(counts('orders')).toEqual([1, 0, 0]);
});

test('a message that became visible again stands behind those that wait', async () => {
  const { create, send, receive, hide } = startSqs();
  create('orders');
  for (const body of ['a', 'b', 'c']) {
    send('orders', body);
  }
  const [first] = await receive('orders', { MaxNumberOfMessages: 1 });
  hide('orders', first?.ReceiptHandle, 0);
  expect(bodies(await receive('orders'))).toEqual(['b', 'c', 'a']);
});

test('ten thousand delayed messages own one timer', async () => {
  const { create, send, counts } = startSqs();
  create('orders');
  for (let i = 0; i < 10_000; i++) {
    send('orders', `${i}`, { DelaySeconds: 1 + (i % 900) });
  }
  expect(vi.getTimerCount()).toBe(1);
  await pass(450);
  expect(counts('orders')).toEqual([5050, 0, 4950]);
  expect(vi.getTimerCount()).toBe(1);
});
