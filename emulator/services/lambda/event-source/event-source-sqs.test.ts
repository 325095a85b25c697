import { expect, onTestFinished, test, vi } from 'vitest';
import { internalCall } from '../../../wire/operation.ts';
import { createSqs } from '../../sqs/sqs.ts';
import type { Invoked } from '../invocation/invoker.ts';
import { SqsEventSource } from './event-source-sqs.ts';

const region = { accountId: '123456789012', name: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };

const done: Invoked = {
  ...{ payload: Buffer.from('null'), logTail: Buffer.alloc(0), functionError: undefined },
  ...{ executedVersion: '1', traceHeader: '' },
};

/** A source of a queue of SQS, and a function that ends when it is told to. The clock of the source stands still. */
async function startSource(batchSize: number, maxConcurrency = 10, QueueName = 'tickets') {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const sqs = createSqs(region);
  onTestFinished(() => sqs.close());
  const { QueueUrl = '' } = await sqs.operations.CreateQueue({
    QueueName,
    ...(QueueName.endsWith('.fifo') && { Attributes: { FifoQueue: 'true' } }),
  });
  const batches: string[][] = [];
  const ends: (() => void)[] = [];
  const source = new SqsEventSource({
    ...{ queueArn: `arn:aws:sqs:${region.name}:${region.accountId}:${QueueName}`, region: region.name },
    ...{ batchSize, batchingWindow: 0, maxConcurrency, reportsItemFailures: false, filter: () => true },
    sqs: sqs.operations,
    invoke: (_, payload) => {
      const { Records } = JSON.parse(Buffer.from(payload).toString());
      batches.push(Records.map(({ body }: { readonly body: string }) => body));
      return new Promise((resolve) => ends.push(() => resolve(done)));
    },
    processed: () => undefined,
  });
  const ended = source.run();
  onTestFinished(async () => {
    source.stop();
    await ended;
  });
  const send = (MessageBody: string, group?: { MessageGroupId: string; MessageDeduplicationId: string }) =>
    sqs.operations.SendMessage({ QueueUrl, MessageBody, ...group }, internalCall());
  const sees = (expected: string[][]) => vi.waitFor(() => expect(batches).toEqual(expected));
  return { send, sees, batches, end: (batch: number) => ends[batch]?.() };
}

test('what comes while a batch is processed is one batch, when that ends', async () => {
  const { send, sees, end } = await startSource(10);
  await send('1');
  await sees([['1']]);
  await send('2');
  await send('3');
  end(0);
  await sees([['1'], ['2', '3']]);
});

test('a batch that takes long has another beside it', async () => {
  const { send, sees } = await startSource(10);
  await send('1');
  await sees([['1']]);
  await send('2');
  await send('3');
  await vi.advanceTimersByTimeAsync(99);
  await sees([['1']]);
  await vi.advanceTimersByTimeAsync(1);
  await sees([['1'], ['2', '3']]);
});

test('a batch that is full has another beside it at once', async () => {
  const { send, sees } = await startSource(1);
  await send('1');
  await send('2');
  await vi.advanceTimersByTimeAsync(0);
  await sees([['1'], ['2']]);
});

test('a batch that is too large for one event is several, and no more at a time than there may be', async () => {
  const { send, batches, end } = await startSource(10, 2);
  // In JSON each takes twice as much, so that no event has place for more than three.
  for (let i = 0; i < 10; i++) {
    await send('"'.repeat(1_000_000));
  }
  await vi.advanceTimersByTimeAsync(1_000);
  await vi.waitFor(() => expect(batches.length).toBeGreaterThanOrEqual(2));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(batches).toHaveLength(2);
  end(0);
  await vi.waitFor(() => expect(batches).toHaveLength(3));
});

test('a batch of a FIFO queue that is too large for one event is several, one after the other', async () => {
  const { send, batches, end } = await startSource(10, 10, 'tickets.fifo');
  for (let i = 0; i < 6; i++) {
    await send('"'.repeat(1_000_000), { MessageGroupId: 'oven', MessageDeduplicationId: String(i) });
  }
  // What came first is a batch of its own, and the rest of the group comes when that is done.
  await vi.waitFor(() => expect(batches).toHaveLength(1));
  end(0);
  await vi.waitFor(() => expect(batches).toHaveLength(2));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(batches).toHaveLength(2);
  end(1);
  await vi.waitFor(() => expect(batches).toHaveLength(3));
});
