import { expect } from 'vitest';
import { breaks, type Case, counts, key, readableKey, receive, table } from './case.fixture.ts';

/** Of messages and items. */
export const data: readonly Case[] = [
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
];
