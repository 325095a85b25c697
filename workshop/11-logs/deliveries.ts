import { gzipSync } from 'node:zlib';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** A line as CloudWatch Logs hands it on, under an id that it keeps. */
interface Line {
  readonly id: string;
  readonly message: string;
}

/** A line that the kitchen could have written about an order that no other line is about. */
export function lineOfBake(): Line {
  const facts = { orderId: crypto.randomUUID(), items: [{ recipe: 'raisin', quantity: 1 }], cookies: 1, waitMs: 90 };
  const message = { level: 'INFO', message: 'OrderBaked', timestamp: new Date().toISOString(), bakeMs: 20, ...facts };
  return { id: crypto.randomUUID(), message: JSON.stringify(message) };
}

/** A line that Lambda itself writes into every log. */
export const lineOfLambda: Line = { id: 'start', message: 'START RequestId: 4711 Version: 1' };

/**
 * Hands lines to a function as a subscription does ("Subscription filters with AWS Lambda", CloudWatch Logs User Guide).
 * Returns whether the function took them.
 */
export async function deliver(lambda: LambdaClient, FunctionName: string, lines: readonly Line[]): Promise<boolean> {
  const content = {
    ...{ messageType: 'DATA_MESSAGE', owner: '000000000000', logGroup: 'kitchen', logStream: 'kitchen' },
    ...{ subscriptionFilters: ['kitchen'], logEvents: lines.map((line) => ({ ...line, timestamp: Date.now() })) },
  };
  const data = gzipSync(JSON.stringify(content)).toString('base64');
  const { FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify({ awslogs: { data } })) }),
  );
  return FunctionError === undefined;
}
