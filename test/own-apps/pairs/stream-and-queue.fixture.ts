import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type ITable, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import { functionOf, tableOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** The stream of a table, by a filter, to a queue; what breaks the function, alone to another. The second version filters otherwise. */
export const streamAndQueue: Pair = {
  name: 'StreamAndQueue',
  build: (stack, version) => {
    const table = tableOf(stack, 'Orders', { stream: StreamViewType.NEW_IMAGE });
    const [seen, failed] = [new Queue(stack, 'Seen'), new Queue(stack, 'Failed')];
    const teller = functionOf(
      stack,
      'Teller',
      `for (const { dynamodb: { NewImage } } of event.Records) {
        if (NewImage.broken) throw new Error('This order is broken.');
        await send('sqs', 'SendMessage', { QueueUrl: process.env.QUEUE, MessageBody: NewImage.id.S });
      }`,
      { environment: { QUEUE: seen.queueUrl } },
    );
    seen.grantSendMessages(teller);
    const kind = { S: FilterRule.isEqual(version === 1 ? 'sweet' : 'savoury') };
    teller.addEventSource(
      new DynamoEventSource(table as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        retryAttempts: 0,
        bisectBatchOnError: true,
        onFailure: new SqsDlq(failed),
        filters: [FilterCriteria.filter({ dynamodb: { NewImage: { kind } } })],
      }),
    );
    return { Table: table.tableName, Seen: seen.queueUrl, Failed: failed.queueUrl };
  },
  use: async ({ client, output, messages, fresh }, version) => {
    const put = (kind: string, broken = false) => {
      const Item = {
        id: { S: `${kind} ${fresh}${broken}` },
        kind: { S: kind },
        ...(broken && { broken: { BOOL: true } }),
      };
      return client(DynamoDBClient).send(new PutItemCommand({ TableName: output('Table'), Item }));
    };
    const kind = version === 1 ? 'sweet' : 'savoury';
    await put('sweet');
    await put('savoury');
    expect(await messages('Seen')).toEqual([`${kind} ${fresh}false`]);
    await put(kind, true);
    const [failure = '{}'] = await messages('Failed');
    expect(JSON.parse(failure)).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } });
  },
};
