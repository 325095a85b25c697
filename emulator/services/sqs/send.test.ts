import type * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { bodies, startSqs } from './sqs.fixture.ts';

const mib = 1024 * 1024;
const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });
const attributes = (attribute: sqs.MessageAttributeValue, name = 'a') => ({ MessageAttributes: { [name]: attribute } });
const system = (name: string, attribute: sqs.MessageAttributeValue) =>
  ({ MessageSystemAttributes: { [name]: attribute } }) as Partial<sqs.SendMessageRequest>;

test.each<{ what: string; input: Partial<sqs.SendMessageRequest>; name: string; message: string | RegExp }>([
  {
    what: 'no body',
    input: { MessageBody: '' },
    name: 'MissingRequiredParameterException',
    message: 'The request must contain the parameter MessageBody.',
  },
  {
    what: 'a control character',
    input: { MessageBody: 'a\u0000' },
    name: 'InvalidMessageContents',
    message: /^Invalid binary character '#x0' was found in the message body/,
  },
  { what: 'half a character', input: { MessageBody: '\ud83c' }, name: 'InvalidMessageContents', message: /#xD83C/ },
  { what: 'a noncharacter', input: { MessageBody: '\uffff' }, name: 'InvalidMessageContents', message: /#xFFFF/ },
  {
    what: 'more than 1 MiB',
    input: { MessageBody: 'x'.repeat(mib + 1) },
    name: 'InvalidParameterValueException',
    message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
  },
  {
    what: 'more than 1 MiB with attributes',
    input: { MessageBody: 'x'.repeat(mib - 7), ...attributes(text('1')) },
    name: 'InvalidParameterValueException',
    message: /must be shorter than 1048576 bytes/,
  },
  {
    what: 'a delay beyond 15 minutes',
    input: { DelaySeconds: 901 },
    name: 'InvalidParameterValueException',
    message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
  },
  {
    what: 'a deduplication id in a standard queue',
    input: { MessageDeduplicationId: 'd' },
    name: 'InvalidParameterValueException',
    message: /not valid for this queue type/,
  },
  {
    what: 'an empty attribute',
    input: attributes(text(''), 'ErrorDetails'),
    name: 'InvalidParameterValueException',
    message: "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
  },
  {
    what: 'an unknown attribute type',
    input: attributes(text('x', 'Text')),
    name: 'InvalidParameterValueException',
    message: /must use only the following supported type prefixes: Binary, Number, String/,
  },
  {
    what: 'a character that XML cannot carry in an attribute (verified on AWS)',
    input: attributes(text('a\u0001')),
    name: 'InvalidParameterValueException',
    message: /Invalid binary character '#x1'/,
  },
  {
    what: 'a number that is none',
    input: attributes(text('one', 'Number')),
    name: 'InvalidParameterValueException',
    message: "Can't cast the value of message (user) attribute 'a' to a number.",
  },
  ...['.a', 'a.', 'a..b', 'a b', 'aws.x', 'Amazon.x'].map((name) => ({
    what: `an attribute called ${name}`,
    input: attributes(text('x'), name),
    name: 'InvalidParameterValueException',
    message: `Message (user) attribute name '${name}' is invalid.`,
  })),
  {
    what: 'a list as an attribute',
    input: attributes({ DataType: 'String', StringListValues: ['x'] }),
    name: 'UnsupportedOperation',
    message: /not supported/,
  },
  {
    what: 'eleven attributes',
    input: { MessageAttributes: Object.fromEntries([...'abcdefghijk'].map((name) => [name, text('x')])) },
    name: 'InvalidParameterValueException',
    message: 'Number of message attributes [11] exceeds the allowed maximum [10].',
  },
  {
    what: 'an unknown system attribute',
    input: system('Other', text('x')),
    name: 'InvalidParameterValueException',
    message: /Other/,
  },
  {
    what: 'a binary trace header',
    input: system('AWSTraceHeader', text('1', 'Number')),
    name: 'InvalidParameterValueException',
    message: /'String'/,
  },
])('a message with $what is refused', ({ input, name, message }) => {
  const { create, send, counts } = startSqs();
  create('orders');
  const attempt = () => send('orders', 'body', input);
  expect(attempt).toThrow(expect.objectContaining({ name }));
  expect(attempt).toThrow(message);
  expect(counts('orders')).toEqual([0, 0, 0]);
});

test('the trace header of a request is that of its message (verified on AWS)', async () => {
  const { create, operations, urlOf, call, receive } = startSqs();
  create('orders');
  const QueueUrl = urlOf('orders');
  const traceHeader = 'Root=1-5759e988-bd862e3fe1be46a994272793';
  operations.SendMessage({ QueueUrl, MessageBody: 'a' }, { ...call, traceHeader });
  operations.SendMessage(
    {
      QueueUrl,
      MessageBody: 'b',
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'own' } },
    },
    { ...call, traceHeader },
  );
  expect((await receive('orders')).map(({ Attributes }) => Attributes?.AWSTraceHeader)).toEqual([traceHeader, 'own']);
});

test.each<{ what: string; input: Partial<sqs.SendMessageRequest>; name: string; message: string | RegExp }>([
  {
    what: 'without a group',
    input: {},
    name: 'MissingRequiredParameterException',
    message: 'The request must contain the parameter MessageGroupId.',
  },
  {
    what: 'without a deduplication id',
    input: { MessageGroupId: 'g' },
    name: 'InvalidParameterValueException',
    message:
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  },
  {
    what: 'with a delay of its own',
    input: { MessageGroupId: 'g', MessageDeduplicationId: 'd', DelaySeconds: 2 },
    name: 'InvalidParameterValueException',
    message:
      'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
  },
  {
    what: 'with a space in its group',
    input: { MessageGroupId: 'g g', MessageDeduplicationId: 'd' },
    name: 'InvalidParameterValueException',
    message: /alphanumeric and punctuation characters/,
  },
])('a FIFO queue refuses a message $what', ({ input, name, message }) => {
  const { create, send } = startSqs();
  create('orders.fifo', { FifoQueue: 'true' });
  const attempt = () => send('orders.fifo', 'body', input);
  expect(attempt).toThrow(expect.objectContaining({ name }));
  expect(attempt).toThrow(message);
});

test.each([
  ['all of XML', '\t\n\r \ud7ff\ue000\ufffd🍪'],
  ['1 MiB', 'x'.repeat(mib)],
])('a body with %s is accepted', async (_, body) => {
  const { create, send, receive } = startSqs();
  create('orders');
  send('orders', body);
  expect(bodies(await receive('orders'))).toEqual([body]);
});

test('the smaller limit of a queue holds', () => {
  const { create, send } = startSqs();
  create('orders', { MaximumMessageSize: '1024' });
  send('orders', 'x'.repeat(1024));
  expect(() => send('orders', 'x'.repeat(1025))).toThrow(/must be shorter than 1024 bytes/);
});

test('digests of body, attributes and trace header are answered, and all of them received', async () => {
  const { create, send, receive } = startSqs();
  create('orders');
  const trace = text('Root=1-5759e988-bd862e3fe1be46a994272793');
  const sent = send('orders', 'test', {
    ...attributes(text('Bar'), 'Foo'),
    MessageSystemAttributes: { AWSTraceHeader: trace },
  });
  expect(sent).toEqual({
    MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    MD5OfMessageBody: '098f6bcd4621d373cade4e832627b4f6',
    MD5OfMessageAttributes: 'ae7155c6026991b6d54b11589678bf9c',
    MD5OfMessageSystemAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  const [message] = await receive('orders', { MessageAttributeNames: ['All'] });
  expect(message).toEqual({
    MessageId: sent.MessageId,
    ReceiptHandle: expect.any(String),
    Body: 'test',
    MD5OfBody: '098f6bcd4621d373cade4e832627b4f6',
    MD5OfMessageAttributes: 'ae7155c6026991b6d54b11589678bf9c',
    MessageAttributes: { Foo: text('Bar') },
    Attributes: {
      AWSTraceHeader: trace.StringValue,
      SenderId: 'internal',
      SentTimestamp: String(Date.now()),
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: String(Date.now()),
    },
  });
});

// As AWS answered them.
test.each([
  { names: [], received: [], digest: undefined },
  { names: ['All'], received: ['General', 'Hello', 'Help.Me'], digest: '4c360f3fdafd970e05fae2f149d997f5' },
  { names: ['.*'], received: ['General', 'Hello', 'Help.Me'], digest: '4c360f3fdafd970e05fae2f149d997f5' },
  { names: ['Hel.*'], received: ['Hello', 'Help.Me'], digest: '83fee93c1bcd8b9a5a923ffacdc636c7' },
  { names: ['Hello', 'General'], received: ['General', 'Hello'], digest: 'fca026605781cb4126a1e9044df24232' },
  { names: ['Hello', 'Other'], received: ['Hello'], digest: 'a311262e065454b75da111d535b8dacd' },
  { names: ['Other', 'AWS.', '..x'], received: [], digest: undefined },
])('asked for the attributes $names', async ({ names, received, digest }) => {
  const { create, send, receive } = startSqs();
  create('orders');
  send('orders', 'msg', {
    MessageAttributes: { Hello: text('There'), General: text('Kenobi'), 'Help.Me': text('Me') },
  });
  const [message] = await receive('orders', { MessageAttributeNames: names });
  expect(Object.keys(message?.MessageAttributes ?? {}).sort()).toEqual(received);
  expect(message?.MD5OfMessageAttributes).toBe(digest);
});

test.each([
  {
    input: { MaxNumberOfMessages: 11 },
    message: 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  },
  { input: { MaxNumberOfMessages: 0 }, message: /MaxNumberOfMessages/ },
  {
    input: { WaitTimeSeconds: 21 },
    message: 'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
  },
  { input: { VisibilityTimeout: 43_201 }, message: /VisibilityTimeout.*<= 43200/ },
  { input: { VisibilityTimeout: -1 }, message: /VisibilityTimeout/ },
])('a receive with $input is refused', async ({ input, message }) => {
  const { create, receive } = startSqs();
  create('orders');
  await expect(receive('orders', input)).rejects.toThrow(message);
});
