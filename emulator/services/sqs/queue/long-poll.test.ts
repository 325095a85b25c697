import { expect, test, vi } from 'vitest';
import { bodies, pass, startSqs } from '../sqs.fixture.ts';

/** A receive that waits: what it got, and when it ended, in seconds from now; undefined while it waits. */
function watch<T>(receiving: Promise<T>) {
  const begun = Date.now();
  const watched: { result?: T; seconds?: number } = {};
  receiving.then((result) => {
    watched.result = result;
    watched.seconds = (Date.now() - begun) / 1000;
  });
  return watched;
}

test('a long poll ends empty when its time is over', async () => {
  const { create, receive } = startSqs();
  create('orders');
  const poll = watch(receive('orders', { WaitTimeSeconds: 20 }));
  await pass(19.9);
  expect(poll).toEqual({});
  await pass(0.1);
  expect(poll).toEqual({ result: [], seconds: 20 });
});

test('the wait of a queue holds for a receive that names none', async () => {
  const { create, receive } = startSqs();
  create('orders', { ReceiveMessageWaitTimeSeconds: '5' });
  const poll = watch(receive('orders'));
  expect(await receive('orders', { WaitTimeSeconds: 0 })).toEqual([]);
  await pass(5);
  expect(poll.seconds).toBe(5);
});

test.each([
  { what: 'a message arrives', seconds: 0 },
  { what: 'a delay ends', seconds: 3 },
  { what: 'a visibility timeout ends', seconds: 7 },
  { what: 'a consumer gives a message back', seconds: 4 },
])('it ends at once when $what', async ({ what, seconds }) => {
  const { create, send, receive, hide } = startSqs();
  create('orders', { VisibilityTimeout: '7' });
  if (what === 'a delay ends') {
    send('orders', 'a', { DelaySeconds: 3 });
  } else if (seconds > 0) {
    send('orders', 'a');
  }
  const [held] = await receive('orders');
  const poll = watch(receive('orders', { WaitTimeSeconds: 20 }));
  if (seconds === 0) {
    send('orders', 'a');
  }
  if (what === 'a consumer gives a message back') {
    await pass(4);
    hide('orders', held?.ReceiptHandle, 0);
  }
  await pass(0);
  for (let waited = 0; waited < 10 && !poll.result; waited++) {
    await pass(1);
  }
  expect(bodies(poll.result ?? [])).toEqual(['a']);
  expect(poll.seconds).toBe(seconds);
});

test('a visibility timeout that changes while a consumer waits holds for what it gets', async () => {
  const { create, send, receive, operations, urlOf } = startSqs();
  create('orders', { VisibilityTimeout: '60' });
  const poll = watch(receive('orders', { WaitTimeSeconds: 20 }));
  operations.SetQueueAttributes({ QueueUrl: urlOf('orders'), Attributes: { VisibilityTimeout: '1' } });
  send('orders', 'a');
  await pass(0);
  expect(bodies(poll.result ?? [])).toEqual(['a']);
  await pass(1);
  expect(bodies(await receive('orders'))).toEqual(['a']);
});

test('consumers that wait are served in their order, each message to one', async () => {
  const { create, send, receive } = startSqs();
  create('orders');
  const polls = [1, 2, 3].map(() => watch(receive('orders', { WaitTimeSeconds: 20 })));
  send('orders', 'a');
  send('orders', 'b');
  await pass(0);
  expect(polls.map(({ result }) => result && bodies(result))).toEqual([['a'], ['b'], undefined]);
});

test('a batch is handed to a consumer that waits in one piece', async () => {
  const { operations, call, urlOf, create, receive } = startSqs();
  create('orders');
  const poll = watch(receive('orders', { WaitTimeSeconds: 20 }));
  const Entries = ['a', 'b', 'c'].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
  operations.SendMessageBatch({ QueueUrl: urlOf('orders'), Entries }, call);
  await pass(0);
  expect(bodies(poll.result ?? [])).toEqual(['a', 'b', 'c']);
});

test('a consumer that goes away takes nothing along', async () => {
  const { create, send, receive, counts } = startSqs();
  create('orders');
  const gone = new AbortController();
  const poll = watch(receive('orders', { WaitTimeSeconds: 20 }, gone.signal));
  gone.abort();
  send('orders', 'a');
  await pass(0);
  expect(poll).toEqual({ result: [], seconds: 0 });
  expect(await receive('orders', {}, gone.signal)).toEqual([]);
  expect(counts('orders')).toEqual([1, 0, 0]);
});

test('deleting a queue sends those who wait away', async () => {
  const { operations, urlOf, create, receive } = startSqs();
  create('orders');
  const poll = watch(receive('orders', { WaitTimeSeconds: 20 }));
  operations.DeleteQueue({ QueueUrl: urlOf('orders') });
  await pass(0);
  expect(poll.result).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
