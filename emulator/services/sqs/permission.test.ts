import { expect, test } from 'vitest';
import { startSqs } from './sqs.fixture.ts';

function startWithQueue() {
  const { operations, create, urlOf, attributes } = startSqs();
  create('orders');
  const QueueUrl = urlOf('orders');
  return {
    add: (Label: string, AWSAccountIds: string[], Actions: string[]) =>
      operations.AddPermission({ QueueUrl, Label, AWSAccountIds, Actions }),
    remove: (Label: string) => operations.RemovePermission({ QueueUrl, Label }),
    policy: () => {
      const text = attributes('orders').Policy;
      return text === undefined ? undefined : JSON.parse(text);
    },
  };
}

const Resource = 'arn:aws:sqs:eu-west-1:123456789012:orders';
const root = (account: string) => `arn:aws:iam::${account}:root`;

test('permissions are added to the policy, and removed by their label', () => {
  const { add, remove, policy } = startWithQueue();
  add('one', ['111111111111'], ['ReceiveMessage']);
  add('two', ['111111111111', '222222222222'], ['SendMessage', '*']);
  const one = {
    Sid: 'one',
    Effect: 'Allow',
    Principal: { AWS: root('111111111111') },
    Action: 'SQS:ReceiveMessage',
    Resource,
  };
  const two = {
    Sid: 'two',
    Effect: 'Allow',
    Principal: { AWS: [root('111111111111'), root('222222222222')] },
    Action: ['SQS:SendMessage', 'SQS:*'],
    Resource,
  };
  expect(policy()).toEqual({ Version: '2008-10-17', Id: `${Resource}/SQSDefaultPolicy`, Statement: [one, two] });
  remove('one');
  expect(policy()).toMatchObject({ Statement: [two] });
  remove('two');
  expect(policy()).toBeUndefined();
});

test('labels are unique, and must be there to be removed', () => {
  const { add, remove } = startWithQueue();
  add('one', ['111111111111'], ['ReceiveMessage']);
  expect(() => add('one', ['222222222222'], ['SendMessage'])).toThrow(
    'Value one for parameter Label is invalid. Reason: Already exists.',
  );
  expect(() => remove('two')).toThrow("Value two for parameter Label is invalid. Reason: can't find label.");
});

test.each([
  { label: 'a b', accounts: ['111111111111'], actions: ['*'], message: /Label/ },
  { label: 'a', accounts: ['me'], actions: ['*'], message: /PrincipalId is invalid/ },
  { label: 'a', accounts: [], actions: ['*'], message: /AWSAccountId/ },
  { label: 'a', accounts: ['111111111111'], actions: [], message: /ActionName/ },
])('a permission $label for $accounts to $actions is refused', ({ label, accounts, actions, message }) => {
  const { add } = startWithQueue();
  expect(() => add(label, accounts, actions)).toThrow(message);
});

test.each([
  '5',
  'null',
  '[]',
  '"a"',
  '{"Statement":5}',
  '{"Statement":null}',
  '{"Statement":[null]}',
  '{"Statement":[[]]}',
])('a policy that is %s is refused', (Policy) => {
  const { operations, create, urlOf } = startSqs();
  create('orders');
  const set = () => operations.SetQueueAttributes({ QueueUrl: urlOf('orders'), Attributes: { Policy } });
  expect(set).toThrow(expect.objectContaining({ name: 'InvalidAttributeValue' }));
});
