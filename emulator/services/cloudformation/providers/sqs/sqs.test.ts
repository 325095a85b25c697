import { expect, onTestFinished, test } from 'vitest';
import { internalCall } from '../../../../wire/operation.ts';
import { createSqs } from '../../../sqs/sqs.ts';
import { contextOf, make, region } from '../provider.fixture.ts';
import { sqsQueue } from './sqs-queue.ts';
import { sqsQueuePolicy } from './sqs-queue-policy.ts';

function start() {
  const { operations, close } = createSqs(region);
  onTestFinished(close);
  const attributes = async (QueueUrl: string) =>
    (await operations.GetQueueAttributes({ QueueUrl, AttributeNames: ['All'] })).Attributes ?? {};
  return { sqs: operations, attributes };
}

test.each([
  {
    name: 'times, as text and as numbers',
    properties: { VisibilityTimeout: '60', DelaySeconds: 5 },
    made: { VisibilityTimeout: '60', DelaySeconds: '5' },
    next: { VisibilityTimeout: 90 },
    changed: { VisibilityTimeout: '90', DelaySeconds: '0' },
  },
  {
    name: 'a redrive policy',
    properties: { RedriveAllowPolicy: { redrivePermission: 'denyAll' } },
    made: { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' },
    next: {},
    changed: { RedriveAllowPolicy: undefined },
  },
  {
    name: 'a FIFO queue',
    properties: { FifoQueue: true, ContentBasedDeduplication: 'true' },
    made: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
    next: { FifoQueue: true },
    changed: { FifoQueue: 'true', ContentBasedDeduplication: 'false' },
  },
])('AWS::SQS::Queue: $name', async ({ properties, made, next, changed }) => {
  const { sqs, attributes } = start();
  const queue = await make(sqsQueue(sqs), properties, 'BakeQueue');
  const fifo = 'FifoQueue' in properties ? '.fifo' : '';
  const name = queue.attributes['QueueName'];
  expect(name).toMatch(new RegExp(`^Factory-BakeQueue-[A-Z0-9]{12}${fifo}$`));
  expect(queue.physicalId).toBe(queue.attributes['QueueUrl']);
  expect(queue.attributes['Arn']).toBe(`arn:aws:sqs:eu-west-1:000000000000:${name}`);
  expect(await attributes(queue.physicalId)).toMatchObject(made);

  await sqs.SendMessage(
    {
      QueueUrl: queue.physicalId,
      MessageBody: 'kept',
      ...(fifo && { MessageGroupId: 'a', MessageDeduplicationId: 'b' }),
    },
    internalCall(),
  );
  expect((await queue.change(next)).physicalId).toBe(queue.physicalId);
  const after = await attributes(queue.physicalId);
  for (const [attribute, value] of Object.entries(changed)) {
    expect(after[attribute], attribute).toBe(value);
  }
  expect(Number(after['ApproximateNumberOfMessages']) + Number(after['ApproximateNumberOfMessagesDelayed'])).toBe(1);
  await queue.remove();
  await expect(attributes(queue.physicalId)).rejects.toThrow('does not exist');
});

test('AWS::SQS::Queue: tags are set, changed and removed', async () => {
  const { sqs } = start();
  const tags = async (QueueUrl: string) => (await sqs.ListQueueTags({ QueueUrl })).Tags;
  const queue = await make(sqsQueue(sqs), {
    Tags: [
      { Key: 'team', Value: 'oven' },
      { Key: 'cost', Value: '1' },
    ],
  });
  expect(await tags(queue.physicalId)).toEqual({ team: 'oven', cost: '1' });
  await queue.change({ Tags: [{ Key: 'team', Value: 'mixer' }] });
  expect(await tags(queue.physicalId)).toEqual({ team: 'mixer' });
});

test('AWS::SQS::Queue: a name that is taken is refused, though the API would answer with that queue', async () => {
  const { sqs } = start();
  await make(sqsQueue(sqs), { QueueName: 'oven' });
  await expect(make(sqsQueue(sqs), { QueueName: 'oven' })).rejects.toThrow('already exists');
});

test.each([
  { name: 'text for a number', properties: { VisibilityTimeout: 'soon' }, message: 'VisibilityTimeout' },
  { name: 'a list for text', properties: { QueueName: ['a'] }, message: '#/QueueName: expected type: String' },
])('AWS::SQS::Queue: $name fails by its name', async ({ properties, message }) => {
  const { sqs } = start();
  await expect(sqsQueue(sqs).create(properties, contextOf('AWS::SQS::Queue'))).rejects.toThrow(message);
});

test('AWS::SQS::QueuePolicy: one policy for several queues, from which it is taken again', async () => {
  const { sqs, attributes } = start();
  const [one, two] = [await make(sqsQueue(sqs), {}, 'One'), await make(sqsQueue(sqs), {}, 'Two')];
  const PolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:*' }] };
  const policy = await make(sqsQueuePolicy(sqs), { PolicyDocument, Queues: [one.physicalId, two.physicalId] });
  const policies = async () => [
    (await attributes(one.physicalId))['Policy'],
    (await attributes(two.physicalId))['Policy'],
  ];
  const text = JSON.stringify(PolicyDocument);
  expect(await policies()).toEqual([text, text]);
  await policy.change({ PolicyDocument, Queues: [two.physicalId] });
  expect(await policies()).toEqual([undefined, text]);
  await policy.remove();
  expect(await policies()).toEqual([undefined, undefined]);
});
