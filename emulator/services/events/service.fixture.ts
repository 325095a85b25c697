import { onTestFinished } from 'vitest';
import type { Region } from '../../wire/operation.ts';
import { createEvents } from './events.ts';
import type { EventsDeps } from './sending.ts';

export const region: Region = { accountId: '000000000000', name: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };
export const cleanupFunction = 'arn:aws:lambda:eu-west-1:000000000000:function:cleanup';
export const queue = 'arn:aws:sqs:eu-west-1:000000000000:bake';
export const rule = 'arn:aws:events:eu-west-1:000000000000:rule/r';

/** An entry of PutEvents, and a pattern that matches it. */
export const order = { Source: 'cookies', DetailType: 'Order Placed', Detail: '{"cookie":"Amaretti"}' };
export const isOrder = '{"source":["cookies"],"detail":{"cookie":["Amaretti"]}}';

/** The services of the targets: they keep what they are handed, and fail while they are told to. */
function neighbours() {
  const invoked: { FunctionName?: string | undefined; payload: unknown }[] = [];
  const sent: unknown[] = [];
  const logged: unknown[] = [];
  const failures: Error[] = [];
  const deps: EventsDeps = {
    lambda: {
      Invoke: ({ FunctionName, Payload }) => {
        const failure = failures.shift();
        if (failure) {
          throw failure;
        }
        invoked.push({ FunctionName, payload: JSON.parse(Buffer.from(Payload ?? []).toString()) });
        return { StatusCode: 202 };
      },
    },
    sqs: {
      SendMessage: (input) => {
        sent.push(input);
        return { MessageId: 'm' };
      },
    },
    logs: {
      CreateLogStream: ({ logStreamName }) => {
        if (logged.includes(logStreamName)) {
          throw Object.assign(new Error('exists'), { name: 'ResourceAlreadyExistsException' });
        }
        logged.push(logStreamName);
        return {};
      },
      PutLogEvents: ({ logGroupName, logEvents }) => {
        logged.push(`${logGroupName} ${logEvents?.map(({ message }) => message).join()}`);
        return {};
      },
    },
  };
  return { deps, invoked, sent, logged, failures };
}

/** EventBridge between such neighbours, closed at the end of the test. */
export function service() {
  const { deps, ...seen } = neighbours();
  const created = createEvents(region, deps);
  onTestFinished(created.close);
  return { ...created, ...seen };
}
