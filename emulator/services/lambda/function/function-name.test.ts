import { expect, test } from 'vitest';
import { parseFunctionName } from './function-name.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:bake';

test.each([
  ['bake', undefined, 'bake', undefined],
  ['bake', 'live', 'bake', 'live'],
  ['bake:live', undefined, 'bake', 'live'],
  ['bake:$LATEST', undefined, 'bake', '$LATEST'],
  ['bake:live', 'live', 'bake', 'live'],
  ['123456789012:function:bake', undefined, 'bake', undefined],
  ['123456789012:function:bake:7', undefined, 'bake', '7'],
  ['function:bake', undefined, 'bake', undefined],
  [arn, undefined, 'bake', undefined],
  [`${arn}:7`, undefined, 'bake', '7'],
  [arn, '7', 'bake', '7'],
])('%s with qualifier %s', (functionName, given, name, qualifier) => {
  expect(parseFunctionName(functionName, given)).toEqual({ name, qualifier });
});

test.each([
  ['', undefined, 'ValidationException'],
  ['a b', undefined, 'ValidationException'],
  ['arn:aws:sqs:eu-west-1:123456789012:bake', undefined, 'ValidationException'],
  ['bake:1', '2', 'InvalidParameterValueException'],
])('refuses %s with qualifier %s', (functionName, qualifier, error) => {
  expect(() => parseFunctionName(functionName, qualifier)).toThrow(expect.objectContaining({ name: error }));
});
