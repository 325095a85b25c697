import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect } from 'vitest';
import { functionOf } from './constructs.fixture.ts';
import type { Pair } from './pair.fixture.ts';

/** A function that is invoked by an event, and what becomes of it; the second version fails where the first succeeds. */
export const functionAndDestinations: Pair = {
  name: 'FunctionAndDestinations',
  build: (stack, version) => {
    const [done, failed] = [new Queue(stack, 'Done'), new Queue(stack, 'Failed')];
    const worker = functionOf(
      stack,
      'Worker',
      version === 1 ? 'return event.text;' : 'throw new Error("no " + event.text);',
      { retryAttempts: 0, onSuccess: new SqsDestination(done), onFailure: new SqsDestination(failed) },
    );
    return { Function: worker.functionName, Done: done.queueUrl, Failed: failed.queueUrl };
  },
  use: async ({ client, output, messages, fresh }, version) => {
    const Payload = JSON.stringify({ text: fresh });
    const command = new InvokeCommand({ FunctionName: output('Function'), InvocationType: 'Event', Payload });
    await client(LambdaClient).send(command);
    const [told = '{}'] = await messages(version === 1 ? 'Done' : 'Failed');
    expect(JSON.parse(told)).toMatchObject({
      requestPayload: { text: fresh },
      responsePayload: version === 1 ? fresh : { errorMessage: `no ${fresh}` },
    });
  },
};
