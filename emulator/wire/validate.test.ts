import * as lambda from '@aws-sdk/client-lambda';
import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { inputOf } from './schema.ts';
import { validate } from './validate.ts';

const send = inputOf(sqs.SendMessageBatch$);
const create = inputOf(lambda.CreateFunction$);
const entry = { Id: 'a', MessageBody: 'b' };
const required = { FunctionName: 'f', Role: 'r', Code: {} };

test.each([
  { schema: send, input: { QueueUrl: 'q', Entries: [entry] } },
  { schema: send, input: { QueueUrl: 'q', Entries: [], Unknown: 1 } },
  { schema: send, input: { QueueUrl: 'q', Entries: [{ ...entry, DelaySeconds: null }] } },
  { schema: create, input: { ...required, Environment: { Variables: { A: 'b' } }, Publish: true, Timeout: 3 } },
])('$input is a good input', ({ schema, input }) => {
  expect(() => validate(schema, input)).not.toThrow();
});

test.each([
  { schema: send, input: { Entries: [] }, name: 'ValidationException', message: /Value null at 'QueueUrl'/ },
  {
    schema: send,
    input: { QueueUrl: 'q', Entries: [{ Id: 'a' }] },
    name: 'ValidationException',
    message: /MessageBody/,
  },
  {
    schema: send,
    input: { QueueUrl: 1, Entries: [] },
    name: 'SerializationException',
    message: 'QueueUrl is not a string.',
  },
  {
    schema: send,
    input: { QueueUrl: 'q', Entries: {} },
    name: 'SerializationException',
    message: 'Entries is not a list.',
  },
  { schema: send, input: [], name: 'ValidationException', message: /QueueUrl/ },
  { schema: send, input: 'text', name: 'SerializationException', message: 'The input is not a structure.' },
  {
    schema: create,
    input: { ...required, Timeout: '3' },
    name: 'SerializationException',
    message: 'Timeout is not a number.',
  },
  {
    schema: create,
    input: { ...required, Publish: 1 },
    name: 'SerializationException',
    message: 'Publish is not a boolean.',
  },
  {
    schema: create,
    input: { ...required, Environment: { Variables: { A: 1 } } },
    name: 'SerializationException',
    message: 'Environment.Variables.A is not a string.',
  },
])('$input is refused', ({ schema, input, name, message }) => {
  expect(() => validate(schema, input)).toThrow(expect.objectContaining({ name }));
  expect(() => validate(schema, input)).toThrow(message);
});
