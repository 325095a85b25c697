import type { Target } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import type { BusEvent } from './event.ts';
import { checkTarget } from './target.ts';
import { inputFor } from './target-input.ts';

const event: BusEvent = {
  version: '0',
  id: 'e-1',
  'detail-type': 'Order Placed',
  source: 'cookies',
  account: '000000000000',
  time: '2026-11-23T10:00:00Z',
  region: 'eu-west-1',
  resources: ['r-1', 'r-2'],
  detail: { order: 'o-1', note: 'say "hi"', items: [{ name: 'Amaretti' }, { name: 'Bocconotti' }], count: 2 },
};

const origin = {
  ruleArn: 'arn:aws:events:eu-west-1:000000000000:rule/r',
  ruleName: 'r',
  ingested: new Date('2026-11-23T10:00:01Z'),
};

const target = (input: Partial<Target>): Target => ({
  Id: 't',
  Arn: 'arn:aws:lambda:eu-west-1:000000000000:function:f',
  ...input,
});

const template = (InputTemplate: string, InputPathsMap: Record<string, string> = {}) => ({
  InputTransformer: { InputPathsMap, InputTemplate },
});

test.each<{ why: string; input: Partial<Target>; gets: string }>([
  { why: 'all of it', input: {}, gets: JSON.stringify(event) },
  { why: 'a constant', input: { Input: '{"a": 1}' }, gets: '{"a": 1}' },
  { why: 'a part', input: { InputPath: '$.detail.items[1]' }, gets: '{"name":"Bocconotti"}' },
  { why: 'a part with a hyphen', input: { InputPath: '$.detail-type' }, gets: '"Order Placed"' },
  { why: 'a part in brackets', input: { InputPath: "$['detail']['count']" }, gets: '2' },
  { why: 'a part of each item', input: { InputPath: '$.detail.items[*].name' }, gets: '["Amaretti","Bocconotti"]' },
  { why: 'a part that is not there', input: { InputPath: '$.detail.nothing' }, gets: 'null' },
  {
    why: 'a text',
    input: template('"Order <order> has <n>, <none>."', { order: '$.detail.order', n: '$.detail.count', none: '$.x' }),
    gets: '"Order o-1 has 2, ."',
  },
  {
    why: 'an object',
    input: template('{"order": <order>, "id": "<order>", "items": <items>, "none": <none>}', {
      order: '$.detail.order',
      items: '$.detail.items[*].name',
      none: '$.x',
    }),
    gets: '{"order": "o-1", "id": "o-1", "items": ["Amaretti","Bocconotti"], "none": null}',
  },
  {
    why: 'text with quotes, escaped',
    input: template('{"note": "<note>", "said": <note>, "kept": "\\"<note>\\""}', { note: '$.detail.note' }),
    gets: '{"note": "say \\"hi\\"", "said": "say \\"hi\\"", "kept": "\\"say \\"hi\\"\\""}',
  },
  {
    why: 'what is known without paths',
    input: template(
      '{"rule": <aws.events.rule-name>, "arn": "<aws.events.rule-arn>", "at": <aws.events.event.ingestion-time>}',
    ),
    gets: '{"rule": "r", "arn": "arn:aws:events:eu-west-1:000000000000:rule/r", "at": "2026-11-23T10:00:01.000Z"}',
  },
  { why: 'the event in a template', input: template('<aws.events.event.json>'), gets: JSON.stringify(event) },
])('a target gets $why', ({ input, gets }) => {
  checkTarget(target(input));
  expect(inputFor(target(input), event, origin)).toBe(gets);
});

const queue = 'arn:aws:sqs:eu-west-1:000000000000:q';

test.each<{ why: string; input: Partial<Target>; name?: string }>([
  { why: 'an id with a space', input: { Id: 'a b' } },
  { why: 'what is no ARN', input: { Arn: 'function' } },
  {
    why: 'a target of another kind',
    input: { Arn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/s' },
    name: 'NotImplemented',
  },
  { why: 'parameters of another kind', input: { HttpParameters: {} }, name: 'NotImplemented' },
  { why: 'a FIFO queue without a group', input: { Arn: `${queue}.fifo` } },
  { why: 'a group for a function', input: { SqsParameters: { MessageGroupId: 'g' } } },
  { why: 'two kinds of input', input: { Input: '{}', InputPath: '$' } },
  { why: 'a constant that is not JSON', input: { Input: '{' } },
  { why: 'a path that is none', input: { InputPath: 'detail' } },
  { why: 'a template path that is none', input: template('<a>', { a: '$..b' }) },
  { why: 'an unknown variable', input: template('<a>') },
  { why: 'too many retries', input: { RetryPolicy: { MaximumRetryAttempts: 186 } } },
  { why: 'too short an age', input: { RetryPolicy: { MaximumEventAgeInSeconds: 59 } } },
  { why: 'a dead-letter queue that is a function', input: { DeadLetterConfig: { Arn: target({}).Arn } } },
])('$why is refused', ({ input, name = 'ValidationException' }) => {
  expect(() => checkTarget(target(input))).toThrow(expect.objectContaining({ name }));
});
