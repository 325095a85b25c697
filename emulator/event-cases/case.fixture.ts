import { expect } from 'vitest';
import type { startEndpoint } from '../endpoint.fixture.ts';
import type { ActivityEvent } from '../wire/activity/event.ts';

type Endpoint = Awaited<ReturnType<typeof startEndpoint>>;

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
export const count = expect.any(Number);
export const counts = { visible: count, delayed: count, inFlight: count };
export const environment = expect.stringMatching(/^[0-9a-f]{32}$/);

/** Throws, loops, ends its process, or says hello, as its event asks. */
export const obeys = `export const handler = async ({ does }) => {
  if (does === 'throw') throw new TypeError('asked to');
  if (does === 'wait') await new Promise((resolve) => setTimeout(resolve, 30_000));
  if (does === 'exit') process.exit(3);
  console.log('hello');
};`;

export const table = async ({ dynamodb }: Endpoint) => {
  await dynamodb.createTable({
    TableName: 'orders',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [text('customer'), text('order')],
    KeySchema: [
      { AttributeName: 'customer', KeyType: 'HASH' },
      { AttributeName: 'order', KeyType: 'RANGE' },
    ],
  });
};
export const key = { customer: { S: 'ada' }, order: { S: '7' } };
export const readableKey = { customer: 'ada', order: '7' };

export const receive = async ({ sqs }: Endpoint, QueueUrl: string, VisibilityTimeout = 30) =>
  (await sqs.receiveMessage({ QueueUrl, VisibilityTimeout, WaitTimeSeconds: 5 })).Messages?.[0]?.ReceiptHandle ?? '';

export const breaks = async ({ url }: Endpoint, method: string, path: string, body?: object) => {
  const answer = await fetch(`${url}/_emulator/faults/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { id: string };
};

/** Something that happens in an endpoint, and the events that tell of it. */
export interface Case {
  readonly what: string;
  readonly does: (endpoint: Endpoint) => Promise<unknown>;
  /** What is to be seen, in any order. */
  readonly seen: readonly (Partial<Record<string, unknown>> & { readonly type: ActivityEvent['type'] })[];
  readonly unseen?: readonly ActivityEvent['type'][];
}
