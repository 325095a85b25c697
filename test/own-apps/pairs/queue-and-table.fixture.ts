import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import { functionOf, tableOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A queue whose messages become items; the second version counts their letters. */
export const queueAndTable: Pair = {
  name: 'QueueAndTable',
  build: (stack, version) => {
    const [queue, table] = [new Queue(stack, 'Words'), tableOf(stack, 'Seen')];
    const noter = functionOf(
      stack,
      'Noter',
      `for (const { body } of event.Records) {
        const Item = { id: { S: body }, letters: { N: process.env.COUNTS === 'yes' ? String(body.length) : '0' } };
        await send('dynamodb', 'PutItem', { TableName: process.env.TABLE, Item });
      }`,
      { environment: { TABLE: table.tableName, COUNTS: version === 1 ? 'no' : 'yes' } },
    );
    table.grantWriteData(noter);
    noter.addEventSource(new SqsEventSource(queue, { batchSize: version === 1 ? 1 : 10 }));
    return { Queue: queue.queueUrl, Table: table.tableName };
  },
  use: async ({ client, output, item, fresh }, version) => {
    await client(SQSClient).send(new SendMessageCommand({ QueueUrl: output('Queue'), MessageBody: fresh }));
    expect(await item('Table', fresh)).toEqual({ id: fresh, letters: version === 1 ? 0 : fresh.length });
  },
};
