import { expect, test } from 'vitest';
import { bodies, pass, startSqs } from './sqs.fixture.ts';

/** Two queues that share a dead-letter queue, in which `dead` messages of each are. */
async function startWithDeadLetters(dead: number) {
  const sqs = startSqs();
  const { create, send, receive, arnOf, counts } = sqs;
  create('dead');
  for (const name of ['orders', 'parcels']) {
    create(name, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 }) });
    for (let i = 0; i < dead; i++) {
      send(name, `${name} ${i}`);
    }
    // The second receive finds them received too often.
    for (let i = 0; i < 2; i++) {
      await receive(name, { VisibilityTimeout: 0 });
    }
  }
  expect(counts('dead')).toEqual([2 * dead, 0, 0]);
  const list = (MaxResults = 10) =>
    sqs.operations.ListMessageMoveTasks({ SourceArn: arnOf('dead'), MaxResults }).Results;
  return { ...sqs, list };
}

test('messages go back to where they came from, as new messages', async () => {
  const { operations, arnOf, receive, counts, list } = await startWithDeadLetters(1);
  const [before] = await receive('dead', { MaxNumberOfMessages: 1, VisibilityTimeout: 0 });
  await pass(5);
  const { TaskHandle } = operations.StartMessageMoveTask({ SourceArn: arnOf('dead') });
  expect(TaskHandle).toEqual(expect.any(String));
  expect([counts('dead'), counts('orders'), counts('parcels')]).toEqual([
    [0, 0, 0],
    [1, 0, 0],
    [1, 0, 0],
  ]);
  const [after] = await receive('orders');
  expect(after?.Body).toBe('orders 0');
  expect(after?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) });
  expect(after?.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
  expect(after?.MessageId).not.toBe(before?.MessageId);
  expect(list()).toEqual([
    {
      Status: 'COMPLETED',
      SourceArn: arnOf('dead'),
      ApproximateNumberOfMessagesMoved: 2,
      ApproximateNumberOfMessagesToMove: 2,
      StartedTimestamp: Date.now(),
    },
  ]);
});

test('all can go to another queue, so many a second, until the task is cancelled', async () => {
  const { operations, arnOf, create, receive, list } = await startWithDeadLetters(4);
  create('other');
  const task = { SourceArn: arnOf('dead'), DestinationArn: arnOf('other'), MaxNumberOfMessagesPerSecond: 2 };
  const { TaskHandle } = operations.StartMessageMoveTask(task);
  expect(() => operations.StartMessageMoveTask(task)).toThrow('There is already a task running.');
  await pass(1);
  expect(list()).toMatchObject([{ ...task, TaskHandle, Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 4 }]);
  expect(operations.CancelMessageMoveTask({ TaskHandle })).toEqual({ ApproximateNumberOfMessagesMoved: 4 });
  await pass(5);
  expect(await receive('other')).toHaveLength(4);
  expect(list()).toMatchObject([{ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 4 }]);
  expect(() => operations.CancelMessageMoveTask({ TaskHandle })).toThrow(/Only a running task/);
});

test('a consumer that waits gets what is moved', async () => {
  const { operations, arnOf, receive } = await startWithDeadLetters(1);
  const waiting = receive('orders', { WaitTimeSeconds: 20 });
  operations.StartMessageMoveTask({ SourceArn: arnOf('dead') });
  expect(bodies(await waiting)).toEqual(['orders 0']);
});

test.each([
  { what: 'the destination is deleted', FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' },
  { what: 'nobody knows where a message came from', FailureReason: 'CouldNotDetermineMessageSource' },
])('a task fails when $what, and no message is lost', async ({ what, FailureReason }) => {
  const { operations, arnOf, urlOf, send, counts, list } = await startWithDeadLetters(1);
  if (what === 'the destination is deleted') {
    operations.DeleteQueue({ QueueUrl: urlOf('parcels') });
  } else {
    send('dead', 'sent here');
  }
  const before = counts('dead')[0] ?? 0;
  operations.StartMessageMoveTask({ SourceArn: arnOf('dead') });
  const [task] = list() ?? [];
  expect(task).toMatchObject({ Status: 'FAILED', FailureReason });
  expect(counts('dead')).toEqual([before - (task?.ApproximateNumberOfMessagesMoved ?? 0), 0, 0]);
});

test('tasks are listed with the newest first', async () => {
  const { operations, arnOf, list } = await startWithDeadLetters(1);
  for (let i = 0; i < 3; i++) {
    operations.StartMessageMoveTask({ SourceArn: arnOf('dead') });
    await pass(1);
  }
  expect(list(2)?.map(({ ApproximateNumberOfMessagesToMove }) => ApproximateNumberOfMessagesToMove)).toEqual([0, 0]);
  expect(list()).toHaveLength(3);
});

const handle = (task: object) => Buffer.from(JSON.stringify(task)).toString('base64');
const arn = (name: string) => `arn:aws:sqs:eu-west-1:123456789012:${name}`;

test.each([
  {
    input: { SourceArn: arn('missing') },
    name: 'ResourceNotFoundException',
    message: "The resource that you specified for the SourceArn parameter doesn't exist.",
  },
  {
    input: { SourceArn: arn('dead'), DestinationArn: arn('missing') },
    name: 'ResourceNotFoundException',
    message: "The resource that you specified for the DestinationArn parameter doesn't exist.",
  },
  {
    input: { SourceArn: arn('orders') },
    name: 'InvalidParameterValueException',
    message: 'Source queue must be configured as a Dead Letter Queue.',
  },
  {
    input: { SourceArn: arn('dead'), MaxNumberOfMessagesPerSecond: 501 },
    name: 'InvalidParameterValueException',
    message: /between 1 and 500/,
  },
])('a task with $input is refused', async ({ input, name, message }) => {
  const { operations } = await startWithDeadLetters(0);
  const attempt = () => operations.StartMessageMoveTask(input);
  expect(attempt).toThrow(expect.objectContaining({ name }));
  expect(attempt).toThrow(message);
});

test.each([
  {
    TaskHandle: 'nonsense',
    name: 'InvalidParameterValueException',
    message: 'Value for parameter TaskHandle is invalid.',
  },
  {
    TaskHandle: handle({ taskId: 'x', sourceArn: arn('missing') }),
    name: 'ResourceNotFoundException',
    message: "The resource that you specified for the SourceArn parameter doesn't exist.",
  },
  {
    TaskHandle: handle({ taskId: 'x', sourceArn: arn('dead') }),
    name: 'ResourceNotFoundException',
    message: 'Task does not exist.',
  },
])('there is no task $TaskHandle to cancel', async ({ TaskHandle, name, message }) => {
  const { operations } = await startWithDeadLetters(0);
  expect(() => operations.CancelMessageMoveTask({ TaskHandle })).toThrow(expect.objectContaining({ name, message }));
});
