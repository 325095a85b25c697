import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect, vi } from 'vitest';
import { functionOf, tableOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A FIFO queue whose messages are put together in their order; the second version puts another sign between them. */
export const fifoQueueAndTable: Pair = {
  name: 'FifoQueueAndTable',
  build: (stack, version) => {
    const queue = new Queue(stack, 'Steps', { fifo: true, contentBasedDeduplication: true });
    const table = tableOf(stack, 'Recipes');
    const joiner = functionOf(
      stack,
      'Joiner',
      `for (const { body, attributes: { MessageGroupId } } of event.Records) {
        const Key = { id: { S: MessageGroupId } };
        const { Item } = await send('dynamodb', 'GetItem', { TableName: process.env.TABLE, Key, ConsistentRead: true });
        const steps = [Item?.steps.S, body].filter(Boolean).join(process.env.SIGN);
        await send('dynamodb', 'PutItem', { TableName: process.env.TABLE, Item: { ...Key, steps: { S: steps } } });
      }`,
      { environment: { TABLE: table.tableName, SIGN: version === 1 ? ',' : '>' } },
    );
    table.grantReadWriteData(joiner);
    joiner.addEventSource(new SqsEventSource(queue, { batchSize: 2 }));
    return { Queue: queue.queueUrl, Table: table.tableName };
  },
  use: async ({ client, output, item, fresh }, version) => {
    for (const step of ['mix', 'rest', 'bake', 'bake']) {
      const message = { MessageBody: `${step}`, MessageGroupId: fresh, MessageDeduplicationId: `${fresh}-${step}` };
      await client(SQSClient).send(new SendMessageCommand({ QueueUrl: output('Queue'), ...message }));
    }
    const steps = ['mix', 'rest', 'bake'].join(version === 1 ? ',' : '>');
    await vi.waitFor(async () => expect(await item('Table', fresh)).toEqual({ id: fresh, steps }), 20_000);
  },
};
