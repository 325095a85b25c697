import { expect, test } from 'vitest';
import { bodies, startSqs } from './sqs.fixture.ts';

const entry = (Id: string, MessageBody = Id) => ({ Id, MessageBody });
const mib = 1024 * 1024;

test.each([
  {
    what: 'nothing',
    entries: [],
    name: 'EmptyBatchRequest',
    message: 'There should be at least one SendMessageBatchRequestEntry in the request.',
  },
  {
    what: 'eleven entries',
    entries: [...'abcdefghijk'].map((id) => entry(id)),
    name: 'TooManyEntriesInBatchRequest',
    message: 'Maximum number of entries per request are 10. You have sent 11.',
  },
  {
    what: 'an id twice',
    entries: [entry('a'), entry('a')],
    name: 'BatchEntryIdsNotDistinct',
    message: 'Id a repeated.',
  },
  { what: 'an empty id', entries: [entry('', 'x')], name: 'InvalidBatchEntryId', message: /at most 80 letters long/ },
  { what: 'a bad id', entries: [entry('a:b')], name: 'InvalidBatchEntryId', message: /alphanumeric characters/ },
  {
    what: 'a long id',
    entries: [entry('a'.repeat(81))],
    name: 'InvalidBatchEntryId',
    message: /at most 80 letters long/,
  },
  {
    what: 'more than 1 MiB together',
    entries: [entry('a', 'x'.repeat(mib)), entry('b', 'x')],
    name: 'BatchRequestTooLong',
    message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
  },
])('a batch of $what is refused as a whole', ({ entries, name, message }) => {
  const { operations, call, create, urlOf, counts } = startSqs();
  create('orders');
  const attempt = () => operations.SendMessageBatch({ QueueUrl: urlOf('orders'), Entries: entries }, call);
  expect(attempt).toThrow(expect.objectContaining({ name }));
  expect(attempt).toThrow(message);
  expect(counts('orders')).toEqual([0, 0, 0]);
});

test('what is wrong with one entry does not touch the others', async () => {
  const { operations, call, create, urlOf, receive } = startSqs();
  create('orders');
  const Entries = [entry('good'), entry('bad', '\u0000'), { ...entry('late'), DelaySeconds: 901 }, entry('last')];
  const { Successful, Failed } = operations.SendMessageBatch({ QueueUrl: urlOf('orders'), Entries }, call);
  expect(Successful.map(({ Id }) => Id)).toEqual(['good', 'last']);
  expect(Failed).toEqual([
    { Id: 'bad', SenderFault: true, Code: 'InvalidMessageContents', Message: expect.stringContaining('#x0') },
    { Id: 'late', SenderFault: true, Code: 'InvalidParameterValue', Message: expect.stringContaining('901') },
  ]);
  expect(bodies(await receive('orders'))).toEqual(['good', 'last']);
});

test.each([
  { what: 'group', entries: [entry('a')], message: 'The request must contain the parameter MessageGroupId.' },
  {
    what: 'deduplication id',
    entries: [{ ...entry('a'), MessageGroupId: 'g' }],
    message: /should either have ContentBasedDeduplication/,
  },
])('a FIFO queue refuses all of a batch in which a $what is missing', ({ entries, message }) => {
  const { operations, call, create, urlOf } = startSqs();
  create('orders.fifo', { FifoQueue: 'true' });
  const attempt = () => operations.SendMessageBatch({ QueueUrl: urlOf('orders.fifo'), Entries: entries }, call);
  expect(attempt).toThrow(expect.objectContaining({ name: 'InvalidParameterValueException' }));
  expect(attempt).toThrow(message);
});

test('messages are deleted, and hidden for longer, in batches', async () => {
  const { operations, create, send, receive, urlOf, counts } = startSqs();
  create('orders');
  for (const body of ['a', 'b', 'c']) {
    send('orders', body);
  }
  const [a, b, c] = await receive('orders');
  const QueueUrl = urlOf('orders');
  const changed = operations.ChangeMessageVisibilityBatch({
    QueueUrl,
    Entries: [
      { Id: 'a', ReceiptHandle: a?.ReceiptHandle, VisibilityTimeout: 0 },
      { Id: 'b', ReceiptHandle: b?.ReceiptHandle, VisibilityTimeout: 43_201 },
    ],
  });
  expect(changed.Successful).toEqual([{ Id: 'a' }]);
  expect(changed.Failed).toMatchObject([{ Id: 'b', Code: 'InvalidParameterValue' }]);
  const deleted = operations.DeleteMessageBatch({
    QueueUrl,
    Entries: [
      { Id: 'c', ReceiptHandle: c?.ReceiptHandle },
      { Id: 'x', ReceiptHandle: 'nonsense' },
    ],
  });
  expect(deleted.Successful).toEqual([{ Id: 'c' }]);
  expect(deleted.Failed).toMatchObject([{ Id: 'x', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }]);
  expect(counts('orders')).toEqual([1, 1, 0]);
});
