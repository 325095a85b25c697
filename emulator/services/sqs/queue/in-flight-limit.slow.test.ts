import { expect, test } from 'vitest';
import { startSqs } from '../sqs.fixture.ts';

test('with 120,000 messages in flight a short poll is refused, and a long poll waits until one is deleted', async () => {
  const { operations, call, create, urlOf, send, receive, remove, counts } = startSqs();
  create('orders');
  const QueueUrl = urlOf('orders');
  const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: `${i}`, MessageBody: 'x' }));
  let handle: string | undefined;
  for (let i = 0; i < 12_000; i++) {
    operations.SendMessageBatch({ QueueUrl, Entries }, call);
    const [message] = await receive('orders');
    handle = message?.ReceiptHandle;
  }
  expect(counts('orders')).toEqual([0, 120_000, 0]);
  send('orders', 'one more');
  await expect(receive('orders')).rejects.toMatchObject({ name: 'OverLimit' });
  const polling = receive('orders', { WaitTimeSeconds: 20 });
  remove('orders', handle);
  expect(await polling).toMatchObject([{ Body: 'one more' }]);
});
