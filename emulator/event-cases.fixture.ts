import { expect } from 'vitest';
import type { startEndpoint } from './endpoint.fixture.ts';
import type { ActivityEvent } from './wire/activity/event.ts';

type Endpoint = Awaited<ReturnType<typeof startEndpoint>>;

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
export const count = expect.any(Number);
const counts = { visible: count, delayed: count, inFlight: count };
export const environment = expect.stringMatching(/^[0-9a-f]{32}$/);

/** Throws, loops, ends its process, or says hello, as its event asks. */
export const obeys = `export const handler = async ({ does }) => {
  if (does === 'throw') throw new TypeError('asked to');
  if (does === 'wait') await new Promise((resolve) => setTimeout(resolve, 30_000));
  if (does === 'exit') process.exit(3);
  console.log('hello');
};`;

export const table = async ({ dynamodb }: Endpoint) => {
  await dynamodb.createTable({
    TableName: 'orders',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [text('customer'), text('order')],
    KeySchema: [
      { AttributeName: 'customer', KeyType: 'HASH' },
      { AttributeName: 'order', KeyType: 'RANGE' },
    ],
  });
};
export const key = { customer: { S: 'ada' }, order: { S: '7' } };
const readableKey = { customer: 'ada', order: '7' };

const receive = async ({ sqs }: Endpoint, QueueUrl: string, VisibilityTimeout = 30) =>
  (await sqs.receiveMessage({ QueueUrl, VisibilityTimeout, WaitTimeSeconds: 5 })).Messages?.[0]?.ReceiptHandle ?? '';

const breaks = async ({ url }: Endpoint, method: string, path: string, body?: object) => {
  const answer = await fetch(`${url}/_emulator/faults/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { id: string };
};

/** Something that happens in an endpoint, and the events that tell of it. */
export interface Case {
  readonly what: string;
  readonly does: (endpoint: Endpoint) => Promise<unknown>;
  /** What is to be seen, in any order. */
  readonly seen: readonly (Partial<Record<string, unknown>> & { readonly type: ActivityEvent['type'] })[];
  readonly unseen?: readonly ActivityEvent['type'][];
}

/** Cases of every type of event. */
export const cases: readonly Case[] = [
  {
    what: 'a function that is made, invoked and deleted',
    does: async ({ deploy, invoke, lambda }) => {
      await deploy('f', obeys);
      await invoke('f');
      await invoke('f');
      await lambda.deleteFunction({ FunctionName: 'f' });
    },
    seen: [
      { type: 'resource.created', kind: 'function', name: 'f' },
      { type: 'environment.started', function: 'f', version: '$LATEST', environment },
      { type: 'environment.idle', function: 'f', environment },
      { type: 'environment.busy', function: 'f', environment, requestId: expect.any(String) },
      { type: 'invocation.ended', function: 'f', environment, coldStart: true, durationMs: count, outcome: 'success' },
      { type: 'invocation.ended', function: 'f', environment, coldStart: false, durationMs: count, outcome: 'success' },
      { type: 'environment.ended', function: 'f', environment, reason: 'shutDown' },
      {
        type: 'log.line',
        group: '/aws/lambda/f',
        stream: expect.stringContaining('[$LATEST]'),
        message: expect.stringMatching(/hello$/),
      },
      { type: 'resource.deleted', kind: 'function', name: 'f' },
    ],
  },
  {
    what: 'a function that throws',
    does: async ({ deploy, invoke }) => {
      await deploy('f', obeys);
      await invoke('f', { does: 'throw' });
    },
    seen: [{ type: 'invocation.ended', outcome: 'error', errorType: 'TypeError' }],
    unseen: ['environment.ended'],
  },
  {
    what: 'a function that takes too long',
    does: async ({ deploy, invoke }) => {
      await deploy('f', obeys, { Timeout: 1 });
      await invoke('f', { does: 'wait' });
    },
    seen: [
      { type: 'invocation.ended', outcome: 'timeout', errorType: 'Sandbox.Timedout' },
      { type: 'environment.ended', reason: 'timedOut' },
    ],
  },
  {
    what: 'a function that ends its own process',
    does: async ({ deploy, invoke }) => {
      await deploy('f', obeys);
      await invoke('f', { does: 'exit' });
    },
    seen: [
      { type: 'invocation.ended', outcome: 'failure', errorType: 'Runtime.ExitError' },
      { type: 'environment.ended', reason: 'crashed', detail: 'Runtime exited with error: exit status 3' },
    ],
  },
  {
    what: 'a function that cannot be loaded',
    does: async ({ deploy, invoke }) => {
      await deploy('f', 'throw new RangeError("no");');
      await invoke('f');
    },
    seen: [
      { type: 'invocation.ended', coldStart: true, outcome: 'error', errorType: 'RangeError' },
      { type: 'environment.ended', reason: 'crashed' },
    ],
  },
  {
    what: 'an environment that is killed, and one at work',
    does: async (endpoint) => {
      await endpoint.deploy('f', obeys);
      await endpoint.invoke('f');
      await breaks(endpoint, 'POST', 'kill', { function: 'f' });
      await breaks(endpoint, 'POST', 'kill-at-work', { function: 'f', times: 2 });
      await endpoint.invoke('f');
      await breaks(endpoint, 'DELETE', 'kill-at-work/f');
    },
    seen: [
      { type: 'fault.applied', fault: { kind: 'kill', function: 'f', environment } },
      { type: 'environment.ended', reason: 'killed', detail: 'Runtime exited with error: signal: killed' },
      { type: 'fault.set', fault: { kind: 'kill-at-work', function: 'f', times: 2 } },
      { type: 'fault.applied', fault: { kind: 'kill-at-work', function: 'f', environment } },
      { type: 'fault.removed', fault: { kind: 'kill-at-work', function: 'f', times: 1 } },
    ],
  },
  {
    what: 'a message that is sent, received and deleted',
    does: async (endpoint) => {
      const { url: QueueUrl } = await endpoint.queue('q');
      await endpoint.sqs.sendMessage({ QueueUrl, MessageBody: 'm' });
      await endpoint.sqs.deleteMessage({ QueueUrl, ReceiptHandle: await receive(endpoint, QueueUrl) });
      await endpoint.sqs.deleteQueue({ QueueUrl });
    },
    seen: [
      { type: 'resource.created', kind: 'queue', name: 'q' },
      { type: 'message.sent', queue: 'q', counts: { visible: 1, delayed: 0, inFlight: 0 } },
      { type: 'message.received', queue: 'q', receiveCount: 1, counts: { visible: 0, delayed: 0, inFlight: 1 } },
      { type: 'message.deleted', queue: 'q', reason: 'deleted', counts: { visible: 0, delayed: 0, inFlight: 0 } },
      { type: 'resource.deleted', kind: 'queue', name: 'q' },
    ],
    unseen: ['message.returned', 'message.deadLettered'],
  },
  {
    what: 'messages that return, because their timeout ends, is set to 0 or was 0, and a purge',
    does: async (endpoint) => {
      const { url: QueueUrl } = await endpoint.queue('q');
      await endpoint.sqs.sendMessage({ QueueUrl, MessageBody: 'm' });
      const ReceiptHandle = await receive(endpoint, QueueUrl);
      await endpoint.sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
      await receive(endpoint, QueueUrl, 1);
      await receive(endpoint, QueueUrl, 0);
      await endpoint.sqs.purgeQueue({ QueueUrl });
    },
    seen: [
      {
        type: 'message.returned',
        queue: 'q',
        reason: 'timeoutChanged',
        counts: { visible: 1, delayed: 0, inFlight: 0 },
      },
      { type: 'message.returned', queue: 'q', reason: 'timeoutEnded', counts: { visible: 1, delayed: 0, inFlight: 0 } },
      { type: 'queue.purged', queue: 'q', messages: 1 },
    ],
  },
  {
    what: 'a message that is dead-lettered, and one that is redriven',
    does: async (endpoint) => {
      const dead = await endpoint.queue('dead');
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
      const { QueueUrl = '' } = await endpoint.sqs.createQueue({ QueueName: 'q', Attributes: { RedrivePolicy } });
      await endpoint.sqs.sendMessage({ QueueUrl, MessageBody: 'm' });
      await receive(endpoint, QueueUrl, 0);
      await endpoint.sqs.receiveMessage({ QueueUrl });
      await endpoint.sqs.startMessageMoveTask({ SourceArn: dead.arn });
    },
    seen: [
      { type: 'message.deadLettered', queue: 'q', deadLetterQueue: 'dead', counts, deadLetterCounts: { visible: 1 } },
      { type: 'message.deleted', queue: 'dead', reason: 'redriven' },
    ],
  },
  {
    what: 'a message that is delivered twice',
    does: async (endpoint) => {
      const { url: QueueUrl } = await endpoint.queue('q');
      await breaks(endpoint, 'POST', 'deliver-twice', { queueUrl: QueueUrl, times: 3 });
      await endpoint.sqs.sendMessage({ QueueUrl, MessageBody: 'm' });
      await receive(endpoint, QueueUrl);
      await breaks(endpoint, 'DELETE', 'deliver-twice/q');
    },
    seen: [
      { type: 'fault.set', fault: { kind: 'deliver-twice', queueUrl: expect.stringContaining('/q'), times: 3 } },
      { type: 'fault.applied', fault: { kind: 'deliver-twice', messageId: expect.any(String) } },
      {
        type: 'message.returned',
        queue: 'q',
        reason: 'deliveredTwice',
        counts: { visible: 1, delayed: 0, inFlight: 0 },
      },
      { type: 'fault.removed', fault: { kind: 'deliver-twice', times: 2 } },
    ],
  },
  {
    what: 'items that are written and removed, alone and in a transaction',
    does: async (endpoint) => {
      await table(endpoint);
      const { dynamodb } = endpoint;
      const TableName = 'orders';
      await dynamodb.putItem({ TableName, Item: { ...key, state: { S: 'RECEIVED' } } });
      await dynamodb.updateItem({
        TableName,
        Key: key,
        UpdateExpression: 'SET n = :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      });
      await dynamodb.deleteItem({ TableName, Key: key });
      await dynamodb.transactWriteItems({
        TransactItems: [{ Put: { TableName, Item: { customer: { S: 'bob' }, order: { S: '8' } } } }],
      });
      await dynamodb.deleteTable({ TableName });
    },
    seen: [
      { type: 'resource.created', kind: 'table', name: 'orders' },
      { type: 'item.written', table: 'orders', key: readableKey, created: true, items: 1 },
      { type: 'item.written', table: 'orders', key: readableKey, created: false, items: 1 },
      { type: 'item.removed', table: 'orders', key: readableKey, items: 0 },
      { type: 'item.written', table: 'orders', key: { customer: 'bob', order: '8' }, created: true },
      { type: 'resource.deleted', kind: 'table', name: 'orders' },
    ],
  },
  {
    what: 'a transaction that is cancelled, and the removal of what is not there',
    does: async (endpoint) => {
      await table(endpoint);
      const TableName = 'orders';
      const failing = {
        TableName,
        Key: { customer: { S: 'no' }, order: { S: '1' } },
        ConditionExpression: 'attribute_exists(customer)',
      };
      const TransactItems = [{ Put: { TableName, Item: key } }, { ConditionCheck: failing }];
      await expect(endpoint.dynamodb.transactWriteItems({ TransactItems })).rejects.toThrow('cancelled');
      await endpoint.dynamodb.deleteItem({ TableName, Key: key });
    },
    seen: [{ type: 'resource.created', kind: 'table', name: 'orders' }],
    unseen: ['item.written', 'item.removed'],
  },
  {
    what: 'a log line of any length',
    does: async ({ logs }) => {
      await logs.createLogGroup({ logGroupName: 'g' });
      await logs.createLogStream({ logGroupName: 'g', logStreamName: 's' });
      const logEvents = [{ timestamp: Date.now(), message: 'x'.repeat(5000) }];
      await logs.putLogEvents({ logGroupName: 'g', logStreamName: 's', logEvents });
    },
    seen: [{ type: 'log.line', group: 'g', stream: 's', message: `${'x'.repeat(1023)}…` }],
  },
  {
    what: 'a rule that is made, disabled and enabled, and fires',
    does: async ({ events, queue }) => {
      const { arn: Arn } = await queue('q');
      await events.putRule({ Name: 'r', EventPattern: JSON.stringify({ source: ['shop'] }) });
      await events.putTargets({ Rule: 'r', Targets: [{ Id: 't', Arn }] });
      await events.disableRule({ Name: 'r' });
      await events.enableRule({ Name: 'r' });
      await events.putEvents({ Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: '{}' }] });
      await events.removeTargets({ Rule: 'r', Ids: ['t'] });
      await events.deleteRule({ Name: 'r' });
    },
    seen: [
      { type: 'resource.created', kind: 'rule', name: 'r', bus: 'default' },
      {
        type: 'rule.fired',
        ...{ rule: 'r', bus: 'default', eventId: expect.any(String), source: 'shop', detailType: 'Sold' },
        targets: ['arn:aws:sqs:eu-west-1:000000000000:q'],
      },
      { type: 'message.sent', queue: 'q' },
      { type: 'rule.changed', rule: 'r', bus: 'default', enabled: true, targets: [] },
      { type: 'rule.changed', rule: 'r', bus: 'default', enabled: false, targets: [expect.stringMatching(/:q$/)] },
      { type: 'resource.deleted', kind: 'rule', name: 'r', bus: 'default' },
    ],
  },
  {
    what: 'a stack that is made and deleted',
    does: async ({ createStack, deleteStack }) => {
      const TemplateBody = JSON.stringify({ Resources: { Q: { Type: 'AWS::SQS::Queue' } } });
      await createStack('s', { TemplateBody });
      await deleteStack('s');
    },
    seen: [
      { type: 'stack.changed', stack: 's', status: 'CREATE_IN_PROGRESS' },
      {
        type: 'stack.resourceChanged',
        ...{ stack: 's', logicalId: 'Q', resourceType: 'AWS::SQS::Queue', status: 'CREATE_COMPLETE' },
        physicalId: expect.stringContaining('/s-Q-'),
      },
      { type: 'stack.changed', stack: 's', status: 'CREATE_COMPLETE' },
      { type: 'stack.resourceChanged', stack: 's', logicalId: 'Q', status: 'DELETE_COMPLETE' },
      { type: 'stack.changed', stack: 's', status: 'DELETE_COMPLETE' },
    ],
  },
  {
    what: 'a stack that fails',
    does: ({ createStack }) =>
      createStack('s', {
        TemplateBody: JSON.stringify({ Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: '!' } } } }),
      }),
    seen: [
      {
        type: 'stack.resourceChanged',
        logicalId: 'Q',
        status: 'CREATE_FAILED',
        reason: expect.stringContaining('alphanumeric'),
      },
      { type: 'stack.changed', stack: 's', status: 'ROLLBACK_COMPLETE' },
    ],
  },
  {
    what: 'calls that fail',
    does: async (endpoint) => {
      await endpoint.queue('q');
      const fault = { call: 'sqs:ListQueues', times: 2, fail: 'ServiceUnavailable' };
      const { id } = await breaks(endpoint, 'POST', 'calls', fault);
      await expect(endpoint.sqs.listQueues({})).rejects.toThrow('fault port');
      await breaks(endpoint, 'DELETE', `calls/${id}`);
    },
    seen: [
      { type: 'fault.set', region: null, fault: { kind: 'calls', call: 'sqs:ListQueues', times: 2 } },
      {
        type: 'fault.applied',
        region: null,
        fault: { kind: 'calls', call: 'sqs:ListQueues', fail: 'ServiceUnavailable' },
      },
      { type: 'fault.removed', region: null, fault: { kind: 'calls', call: 'sqs:ListQueues', times: 1 } },
    ],
  },
];
