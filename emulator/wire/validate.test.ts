import * as events from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { inputOf } from './schema.ts';
import { validate } from './validate.ts';

const send = inputOf(sqs.SendMessageBatch$);
const create = inputOf(lambda.CreateFunction$);
const alias = inputOf(lambda.CreateAlias$);
const put = inputOf(events.PutEvents$);
const secret = inputOf(secretsmanager.CreateSecret$);
const tag = inputOf(sqs.TagQueue$);
const entry = { Id: 'a', MessageBody: 'b' };
const required = { FunctionName: 'f', Role: 'r', Code: {} };
const live = { FunctionName: 'f', Name: 'live', FunctionVersion: '1' };

test.each([
  { schema: send, input: { QueueUrl: 'q', Entries: [entry] } },
  { schema: send, input: { QueueUrl: 'q', Entries: [], Unknown: 1 } },
  { schema: send, input: { QueueUrl: 'q', Entries: [{ ...entry, DelaySeconds: null }] } },
  { schema: create, input: { ...required, Environment: { Variables: { A: 'b' } }, Publish: true, Timeout: 3 } },
  { schema: create, input: { ...required, Code: { ZipFile: new Uint8Array() } } },
  { schema: alias, input: { ...live, RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } } },
  { schema: put, input: { Entries: [{ Time: new Date(0), Resources: [] }] } },
  { schema: secret, input: { Name: 's', SecretBinary: Buffer.from('x') } },
])('$input is a good input', ({ schema, input }) => {
  expect(() => validate(schema, input)).not.toThrow();
});

const mustNotBeNull = (at: string) =>
  `1 validation error detected: Value null at '${at}' failed to satisfy constraint: Member must not be null`;

test.each([
  { schema: send, input: { Entries: [] }, message: mustNotBeNull('queueUrl') },
  { schema: send, input: { QueueUrl: null, Entries: [] }, message: mustNotBeNull('queueUrl') },
  {
    schema: send,
    input: { QueueUrl: 'q', Entries: [entry, { Id: 'a' }] },
    message: mustNotBeNull('entries.2.member.messageBody'),
  },
  {
    schema: send,
    input: { QueueUrl: 'q', Entries: [null] },
    message:
      "1 validation error detected: Value '[null]' at 'entries' failed to satisfy constraint: " +
      'Member must satisfy constraint: [Member must not be null]',
  },
  {
    schema: put,
    input: { Entries: [{ Resources: ['a', null] }] },
    message:
      "1 validation error detected: Value '[a, null]' at 'entries.1.member.resources' failed to satisfy constraint: " +
      'Member must satisfy constraint: [Member must not be null]',
  },
  {
    schema: tag,
    input: { QueueUrl: 'q', Tags: { a: 'b', c: null } },
    message:
      "1 validation error detected: Value '{a=b, c=null}' at 'tags' failed to satisfy constraint: " +
      'Map value must satisfy constraint: [Member must not be null]',
  },
  {
    schema: send,
    input: { QueueUrl: 'q', Entries: [{ ...entry, MessageAttributes: { a: null } }] },
    message:
      "1 validation error detected: Value '{a=null}' at 'entries.1.member.messageAttributes' failed to satisfy constraint: " +
      'Map value must satisfy constraint: [Member must not be null]',
  },
])('$input lacks what must not be null', ({ schema, input, message }) => {
  expect(() => validate(schema, input)).toThrow(expect.objectContaining({ name: 'ValidationException', message }));
});

test('of a long list only the beginning is told', () => {
  const Entries = [...Array(10_000).fill(entry), null];
  expect(() => validate(send, { QueueUrl: 'q', Entries })).toThrow(/^.{256,500}$/);
});

test.each([
  { schema: send, input: 'text', message: 'Expected structure or null.' },
  { schema: send, input: null, message: 'Expected structure or null.' },
  { schema: send, input: [], message: 'Start of list found where not expected.' },
  {
    schema: send,
    input: { QueueUrl: 1, Entries: [] },
    message: "NUMBER_VALUE can not be converted to a String, at 'queueUrl'.",
  },
  {
    schema: send,
    input: { QueueUrl: ['q'], Entries: [] },
    message: "Start of list found where not expected, at 'queueUrl'.",
  },
  {
    schema: send,
    input: { QueueUrl: { a: 'q' }, Entries: [] },
    message: "Start of structure or map found where not expected, at 'queueUrl'.",
  },
  {
    schema: send,
    input: { QueueUrl: 'q', Entries: {} },
    message: "Start of structure or map found where not expected, at 'entries'.",
  },
  { schema: send, input: { QueueUrl: 'q', Entries: 'e' }, message: "Expected list or null, at 'entries'." },
  {
    schema: send,
    input: { QueueUrl: 'q', Entries: ['e'] },
    message: "Expected structure or null, at 'entries.1.member'.",
  },
  { schema: tag, input: { QueueUrl: 'q', Tags: ['a'] }, message: "Start of list found where not expected, at 'tags'." },
  { schema: tag, input: { QueueUrl: 'q', Tags: 'a' }, message: "Expected map or null, at 'tags'." },
  {
    schema: create,
    input: { ...required, Timeout: '3' },
    message: "STRING_VALUE can not be converted to an Integer, at 'timeout'.",
  },
  {
    schema: create,
    input: { ...required, Timeout: 1.5 },
    message: "DECIMAL_VALUE can not be converted to an Integer, at 'timeout'.",
  },
  {
    schema: create,
    input: { ...required, Timeout: Number.NaN },
    message: "DECIMAL_VALUE can not be converted to an Integer, at 'timeout'.",
  },
  {
    schema: create,
    input: { ...required, Timeout: -1e308 },
    message: "NUMBER_VALUE can not be converted to a Long, at 'timeout'.",
  },
  {
    schema: create,
    input: { ...required, Timeout: Number.POSITIVE_INFINITY },
    message: "DECIMAL_VALUE can not be converted to an Integer, at 'timeout'.",
  },
  {
    schema: alias,
    input: { ...live, RoutingConfig: { AdditionalVersionWeights: { 2: Number.NaN } } },
    message: "DECIMAL_VALUE can not be converted to an Integer, at 'routingConfig.additionalVersionWeights.2.member'.",
  },
  {
    schema: create,
    input: { ...required, Publish: 1 },
    message: "NUMBER_VALUE can not be converted to a Boolean, at 'publish'.",
  },
  {
    schema: create,
    input: { ...required, Environment: { Variables: { A: 1 } } },
    message: "NUMBER_VALUE can not be converted to a String, at 'environment.variables.A.member'.",
  },
  {
    schema: create,
    input: { ...required, Code: { ZipFile: 5 } },
    message: "NUMBER_VALUE can not be converted to a ByteBuffer, at 'code.zipFile'.",
  },
  {
    schema: secret,
    input: { Name: 's', SecretBinary: true },
    message: "TRUE_VALUE can not be converted to a ByteBuffer, at 'secretBinary'.",
  },
  {
    schema: put,
    input: { Entries: [{ Time: new Date(1e18) }] },
    message: "The timestamp is out of range, at 'entries.1.member.time'.",
  },
  {
    schema: put,
    input: { Entries: [{ Time: 5 }] },
    message: "NUMBER_VALUE can not be converted to milliseconds since epoch, at 'entries.1.member.time'.",
  },
])('$input has a value of another type', ({ schema, input, message }) => {
  expect(() => validate(schema, input)).toThrow(expect.objectContaining({ name: 'SerializationException', message }));
});
