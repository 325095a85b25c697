import { onTestFinished } from 'vitest';
import type { Region } from '../../wire/operation.ts';
import { createLogs } from './logs.ts';
import type { LambdaOperations } from './subscription-delivery.ts';

const region: Region = { accountId: '000000000000', name: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };

/** A Lambda that knows one function, and keeps what it is invoked with. It first fails with the errors that it is given. */
function subscriber() {
  const payloads: unknown[] = [];
  const failures: Error[] = [];
  const lambda: LambdaOperations = {
    Invoke: ({ FunctionName, InvocationType, Payload }) => {
      if (!FunctionName?.endsWith(':taster')) {
        throw new Error('Function not found');
      }
      const failure = InvocationType === 'DryRun' ? undefined : failures.shift();
      if (failure) {
        throw failure;
      }
      if (InvocationType !== 'DryRun') {
        payloads.push(JSON.parse(Buffer.from(Payload ?? []).toString()));
      }
      return { StatusCode: 202 };
    },
  };
  return { lambda, payloads, failures };
}

/** CloudWatch Logs beside such a Lambda, closed at the end of the test. */
export function service() {
  const { lambda, payloads, failures } = subscriber();
  const created = createLogs(region, { lambda: () => lambda });
  onTestFinished(created.close);
  const { operations } = created;
  return {
    ...created,
    payloads,
    failures,
    /** Writes messages, one a millisecond, to a stream that is made where it is missing. */
    write: (logStreamName: string, messages: readonly string[], from = Date.now()) => {
      const target = { logGroupName: 'g', logStreamName };
      if (operations.DescribeLogGroups({}).logGroups.length === 0) {
        operations.CreateLogGroup({ logGroupName: 'g' });
      }
      const { logStreams } = operations.DescribeLogStreams({ logGroupName: 'g', logStreamNamePrefix: logStreamName });
      if (logStreams.length === 0) {
        operations.CreateLogStream(target);
      }
      const logEvents = messages.map((message, i) => ({ timestamp: from + i, message }));
      return operations.PutLogEvents({ ...target, logEvents });
    },
  };
}

export const messagesOf = ({ events }: { events: readonly { message?: string | undefined }[] }) =>
  events.map(({ message }) => message);
