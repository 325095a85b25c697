import { gunzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';

/** Tells of orders as the factory's functions do: JSON lines on stdout, between others that nobody subscribed to. */
const tells = `const tell = (event) => process.stdout.write(JSON.stringify(event) + '\\n');
export const handler = async ({ from, count }) => {
  for (let n = from; n < from + count; n++) {
    tell({ message: 'OrderPlaced', n });
    tell({ message: 'OvenHeated', n });
    tell({ message: 'OrderBaked', n });
  }
  console.log('done');
};`;

/** Logs what it was sent, as one line. */
const listens = `export const handler = async ({ awslogs }) => console.log('heard', awslogs.data);`;

test('what a function tells on stdout reaches a subscriber once, in order, and not line by line', async () => {
  const { deploy, invoke, logs, arnOf, logged } = await startEndpoint();
  await deploy('ordering', tells);
  await deploy('analytics', listens);
  const logGroupName = '/aws/lambda/ordering';
  await logs.createLogGroup({ logGroupName });
  await logs.putSubscriptionFilter({
    logGroupName,
    filterName: 'orders',
    filterPattern: '{ ($.message = "OrderBaked") || ($.message = "OrderPlaced") }',
    destinationArn: arnOf('analytics'),
  });
  for (let from = 0; from < 100; from += 10) {
    await invoke('ordering', { from, count: 10 });
  }

  const expected = Array.from({ length: 100 }, (_, n) => [
    { message: 'OrderPlaced', n },
    { message: 'OrderBaked', n },
  ]).flat();
  const heard = async () => {
    const lines = (await logged('analytics')).flatMap((line) => line.match(/heard (\S+)/)?.[1] ?? []);
    return lines.map((data) => JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString()));
  };
  await vi.waitFor(async () =>
    expect((await heard()).flatMap(({ logEvents }) => logEvents)).toHaveLength(expected.length),
  );
  const deliveries = await heard();
  expect(deliveries.length).toBeLessThanOrEqual(20);
  for (const delivery of deliveries) {
    expect(delivery).toMatchObject({
      messageType: 'DATA_MESSAGE',
      logGroup: logGroupName,
      subscriptionFilters: ['orders'],
    });
  }
  const events = deliveries
    .flatMap(({ logEvents }): { id: string; timestamp: number; message: string }[] => logEvents)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(events.map(({ message }) => JSON.parse(message))).toEqual(expected);
  expect(new Set(events.map(({ id }) => id)).size).toBe(expected.length);
  expect(events.every(({ timestamp }) => Number.isInteger(timestamp))).toBe(true);
});
