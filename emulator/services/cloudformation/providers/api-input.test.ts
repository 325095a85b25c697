import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateEventSourceMappingCommand, CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { apiInput } from './api-input.ts';

const code = { FunctionName: 'f', Role: 'r', Code: {} };

test('text becomes what the API wants, however deep, and what is undefined is left out', () => {
  const zip = new Uint8Array([1]);
  const properties = {
    ...code,
    Timeout: '30',
    Publish: 'true',
    Description: 7,
    Handler: undefined,
    Code: { ZipFile: zip },
    Environment: { Variables: { COUNT: 3, ON: true } },
  };
  expect(apiInput(CreateFunctionCommand, properties)).toEqual({
    ...code,
    Timeout: 30,
    Publish: true,
    Description: '7',
    Code: { ZipFile: zip },
    Environment: { Variables: { COUNT: '3', ON: 'true' } },
  });
  expect(apiInput(CreateEventSourceMappingCommand, { FunctionName: 'f', StartingPositionTimestamp: '60' })).toEqual({
    FunctionName: 'f',
    StartingPositionTimestamp: new Date(60_000),
  });
});

test.each([
  { why: 'an unknown member', change: { Colour: 'red' }, message: '#: extraneous key [Colour] is not permitted' },
  { why: 'one further down', change: { TracingConfig: { On: 1 } }, message: '#/TracingConfig: extraneous key [On]' },
  { why: 'no number', change: { Timeout: '3 s' }, message: '#/Timeout: expected type: Number, found: String' },
  { why: 'an empty number', change: { Timeout: '' }, message: '#/Timeout: expected type: Number, found: String' },
  { why: 'neither true nor false', change: { Publish: 'yes' }, message: '#/Publish: expected type: Boolean' },
  {
    why: 'an object for text',
    change: { Handler: {} },
    message: '#/Handler: expected type: String, found: JSONObject',
  },
  { why: 'null', change: { Handler: null }, message: '#/Handler: expected type: String' },
  { why: 'a list for an object', change: { Code: [] }, message: '#/Code: expected type: JSONObject, found: JSONArray' },
  { why: 'text for a list', change: { Layers: 'a' }, message: '#/Layers: expected type: JSONArray, found: String' },
  { why: 'a missing member', change: { Role: undefined }, message: "Value null at 'role'" },
])('$why fails by its path', ({ change, message }) => {
  expect(() => apiInput(CreateFunctionCommand, { ...code, ...change })).toThrow(message);
});

test('members that an SDK marks as secret or as a choice are text too', () => {
  expect(apiInput(PutParameterCommand, { Name: 'n', Value: 1, Type: 'String' })).toMatchObject({ Value: '1' });
  const table = { TableName: 't', AttributeDefinitions: [], KeySchema: [], BillingMode: 'PROVISIONED' };
  expect(apiInput(CreateTableCommand, table)).toEqual(table);
});
