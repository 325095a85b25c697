import { expect, test } from 'vitest';
import { failuresOf, filterable, recordOf } from './sqs-event.ts';

const ids = new Set(['a', 'b']);

test.each([
  ['null', []],
  ['""', []],
  ['{}', []],
  ['{"batchItemFailures":null}', []],
  ['{"batchItemFailures":[]}', []],
  ['{"batchItemFailures":[{"itemIdentifier":"b"}]}', ['b']],
])('%s gives back %s', (response, failed) => {
  expect(failuresOf(Buffer.from(response), ids)).toEqual(new Set(failed));
});

test.each([
  '"text"',
  '7',
  '{"batchItemFailures":"a"}',
  '{"batchItemFailures":[{"itemIdentifier":""}]}',
  '{"batchItemFailures":[{"itemIdentifier":null}]}',
  '{"batchItemFailures":[{"bad":"a"}]}',
  '{"batchItemFailures":[null]}',
  '{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"other"}]}',
])('%s fails the whole batch', (response) => {
  expect(failuresOf(Buffer.from(response), ids)).toBeUndefined();
});

test('a record has the form AWS documents', () => {
  const message = {
    MessageId: 'id',
    ReceiptHandle: 'handle',
    Body: '{"a":1}',
    MD5OfBody: 'md5',
    MD5OfMessageAttributes: 'md5a',
    Attributes: { SentTimestamp: '1', ApproximateReceiveCount: '2' },
    MessageAttributes: {
      text: { DataType: 'String', StringValue: 'x' },
      bytes: { DataType: 'Binary', BinaryValue: Buffer.from('y') },
    },
  };
  const record = recordOf(message, 'arn:q', 'eu-west-1');
  expect(record).toEqual({
    messageId: 'id',
    receiptHandle: 'handle',
    body: '{"a":1}',
    attributes: { SentTimestamp: '1', ApproximateReceiveCount: '2' },
    messageAttributes: {
      text: { stringValue: 'x', stringListValues: [], binaryListValues: [], dataType: 'String' },
      bytes: { binaryValue: 'eQ==', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
    },
    md5OfMessageAttributes: 'md5a',
    md5OfBody: 'md5',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:q',
    awsRegion: 'eu-west-1',
  });
  expect(filterable(record)).toMatchObject({ body: { a: 1 } });
});
