import * as lambda from '@aws-sdk/client-lambda';
import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { inputOf } from '../schema.ts';
import { jsonReader } from './json-body.ts';

const read = jsonReader({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });
const send = inputOf(sqs.SendMessageBatch$);
const create = inputOf(lambda.CreateFunction$);

test.each([
  { schema: send, body: '', expected: {} },
  { schema: send, body: '{"QueueUrl":null,"Unknown":[null]}', expected: {} },
  { schema: send, body: '{"Entries":[{"Id":"a"}]}', expected: { Entries: [{ Id: 'a' }] } },
  { schema: create, body: '{"Environment":{"Variables":{}}}', expected: { Environment: { Variables: {} } } },
  { schema: create, body: '{"Code":{"ZipFile":"YQ=="}}', expected: { Code: { ZipFile: new Uint8Array([97]) } } },
])('$body is read', ({ schema, body, expected }) => {
  expect(read(schema, body)).toMatchObject(expected);
});

test.each([
  { schema: send, body: '{', error: SyntaxError },
  { schema: send, body: '[]', error: /^Start of list found where not expected.$/ },
  { schema: send, body: '{"Entries":[[]]}', error: /Start of list .*, at 'entries.1.member'/ },
  {
    schema: send,
    body: '{"Entries":[{},null]}',
    error: /Value '\[..., null\]' at 'entries' .*Member must not be null/,
  },
  { schema: create, body: '{"Environment":[]}', error: /Start of list .*, at 'environment'/ },
  { schema: create, body: '{"Environment":{"Variables":[]}}', error: /Start of list .*, at 'environment.variables'/ },
  {
    schema: create,
    body: '{"Environment":{"Variables":{"A":null}}}',
    error: /Map value must .*Member must not be null/,
  },
])('$body is refused', ({ schema, body, error }) => {
  expect(() => read(schema, body)).toThrow(error);
});
