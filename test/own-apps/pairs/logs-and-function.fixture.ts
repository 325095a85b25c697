import { RemovalPolicy } from 'aws-cdk-lib';
import { FilterPattern, LogGroup, SubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import { functionOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** What a function logs goes by a filter to another, and to a queue; the second version filters another word. */
export const logsAndFunction: Pair = {
  name: 'LogsAndFunction',
  build: (stack, version) => {
    const logGroup = new LogGroup(stack, 'Logs', { removalPolicy: RemovalPolicy.DESTROY });
    const queue = new Queue(stack, 'Told');
    const speaker = functionOf(
      stack,
      'Speaker',
      'console.log("warm " + event.text); console.log("hot " + event.text);',
      {
        logGroup,
      },
    );
    const reader = functionOf(
      stack,
      'Reader',
      `const { gunzipSync } = require('node:zlib');
      const { logEvents } = JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')));
      for (const { message } of logEvents) {
        await send('sqs', 'SendMessage', { QueueUrl: process.env.QUEUE, MessageBody: message.trim().split(/\\s/).slice(-2).join(' ') });
      }`,
      { environment: { QUEUE: queue.queueUrl } },
    );
    queue.grantSendMessages(reader);
    new SubscriptionFilter(stack, 'Filter', {
      logGroup,
      destination: new LambdaDestination(reader),
      filterPattern: FilterPattern.anyTerm(version === 1 ? 'warm' : 'hot'),
    });
    return { Function: speaker.functionName, Queue: queue.queueUrl };
  },
  use: async ({ invoke, messages, fresh }, version) => {
    await invoke('Function', { text: fresh });
    expect(await messages('Queue')).toEqual([`${version === 1 ? 'warm' : 'hot'} ${fresh}`]);
  },
};
