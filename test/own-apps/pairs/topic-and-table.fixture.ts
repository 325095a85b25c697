import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SnsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { expect } from 'vitest';
import { functionOf, tableOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A topic whose function notes the subject; the second version notes it in capitals. */
export const topicAndTable: Pair = {
  name: 'TopicAndTable',
  build: (stack, version) => {
    const [topic, table] = [new Topic(stack, 'News'), tableOf(stack, 'Noted')];
    const noter = functionOf(
      stack,
      'Noter',
      `for (const { Sns: { Message, Subject } } of event.Records) {
        const subject = process.env.LOUD === 'yes' ? Subject.toUpperCase() : Subject;
        await send('dynamodb', 'PutItem', { TableName: process.env.TABLE, Item: { id: { S: Message }, subject: { S: subject } } });
      }`,
      { environment: { TABLE: table.tableName, LOUD: version === 1 ? 'no' : 'yes' } },
    );
    table.grantWriteData(noter);
    noter.addEventSource(new SnsEventSource(topic));
    return { Topic: topic.topicArn, Table: table.tableName };
  },
  use: async ({ client, output, item, fresh }, version) => {
    await client(SNSClient).send(
      new PublishCommand({ TopicArn: output('Topic'), Message: fresh, Subject: 'fresh bread' }),
    );
    expect(await item('Table', fresh)).toEqual({ id: fresh, subject: version === 1 ? 'fresh bread' : 'FRESH BREAD' });
  },
};
