import { expect, onTestFinished, test, vi } from 'vitest';
import { anyTime, connect, orders, start } from '../dynamodb.fixture.ts';

const TableName = 'orders';
const specification = (Enabled: boolean, AttributeName = 'expires') => ({
  TableName,
  TimeToLiveSpecification: { Enabled, AttributeName },
});

/** The clock and the timers of the sweep; those of the connection are left alone. */
function stopTheClock(): void {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: new Date('2026-11-23T08:00:00Z') });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

test('items go within a minute after their second, from the index too', async () => {
  stopTheClock();
  const client = await connect(anyTime);
  await client.createTable({
    ...orders,
    AttributeDefinitions: [...(orders.AttributeDefinitions ?? []), { AttributeName: 'c', AttributeType: 'S' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-c',
        KeySchema: [{ AttributeName: 'c', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  const now = Date.now() / 1000;
  const expiries = {
    soon: { N: `${now + 90}` },
    later: { N: `${now + 86_400}` },
    text: { S: `${now - 10}` },
    ancient: { N: `${now - 6 * 365 * 86_400}` },
    millis: { N: `${Date.now()}` },
  };
  for (const [id, expires] of Object.entries(expiries)) {
    await client.putItem({ TableName, Item: { id: { S: id }, c: { S: 'x' }, expires } });
  }
  await client.putItem({ TableName, Item: { id: { S: 'never' }, c: { S: 'x' } } });
  await client.updateTimeToLive(specification(true));
  const left = async (index: object = {}) =>
    (await client.scan({ TableName, ...index })).Items?.map(({ id }) => id?.S).sort();

  vi.advanceTimersByTime(60_000);
  expect(await left()).toHaveLength(6);
  vi.advanceTimersByTime(60_000);
  const kept = ['ancient', 'later', 'millis', 'never', 'text'];
  expect(await left()).toEqual(kept);
  expect(await left({ IndexName: 'by-c' })).toEqual(kept);
});

test('nothing goes once it is switched off, and no timer is left', async () => {
  stopTheClock();
  const client = await connect(anyTime);
  await client.createTable(orders);
  await client.putItem({ TableName, Item: { id: { S: 'a' }, expires: { N: '1700000000' } } });
  await client.updateTimeToLive(specification(true));
  await client.updateTimeToLive(specification(false));
  vi.advanceTimersByTime(60_000);
  expect((await client.scan({ TableName })).Count).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('the setting is told', async () => {
  const { operations } = start();
  await operations.CreateTable(orders);
  const description = () => operations.DescribeTimeToLive({ TableName }).TimeToLiveDescription;
  expect(description()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  operations.UpdateTimeToLive(specification(true));
  expect(description()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
});

test.each([
  { name: 'switched off twice', before: [], change: specification(false), message: 'TimeToLive is already disabled' },
  {
    name: 'switched on twice',
    before: [specification(true)],
    change: specification(true),
    message: 'TimeToLive is already enabled',
  },
  {
    name: 'switched off by another name',
    before: [specification(true)],
    change: specification(false, 'other'),
    message: 'TimeToLive is active on a different AttributeName: current AttributeName is expires',
  },
])('refused: $name', ({ before, change, message }) => {
  const { operations } = start();
  operations.CreateTable(orders);
  for (const step of before) {
    operations.UpdateTimeToLive(step);
  }
  expect(() => operations.UpdateTimeToLive(change)).toThrow(
    expect.objectContaining({ name: 'ValidationException', message }),
  );
});

test('close stops the sweep', () => {
  stopTheClock();
  const dynamodb = start();
  dynamodb.operations.CreateTable(orders);
  dynamodb.operations.UpdateTimeToLive(specification(true));
  expect(vi.getTimerCount()).toBe(1);
  dynamodb.close();
  expect(vi.getTimerCount()).toBe(0);
});
