import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreams } from '@aws-sdk/client-dynamodb-streams';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { serve } from '../../../gateway.fixture.ts';
import { anyTime, orders, start } from '../dynamodb.fixture.ts';

const viewType = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const };

/** A table with a stream, by the real clients of both. */
async function startStream(StreamSpecification: object = viewType) {
  const { configuration } = await serve([start().service]);
  const options = { ...configuration, credentials: anyTime };
  const [dynamodb, streams] = [new DynamoDB(options), new DynamoDBStreams(options)];
  onTestFinished(() => {
    dynamodb.destroy();
    streams.destroy();
  });
  const { TableDescription } = await dynamodb.createTable({
    ...orders,
    StreamSpecification: StreamSpecification as never,
  });
  const StreamArn = TableDescription?.LatestStreamArn ?? '';
  const iterator = async (ShardIteratorType: 'TRIM_HORIZON' | 'LATEST' = 'TRIM_HORIZON', more: object = {}) => {
    const { StreamDescription } = await streams.describeStream({ StreamArn });
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    return (await streams.getShardIterator({ StreamArn, ShardId, ShardIteratorType, ...more })).ShardIterator;
  };
  const read = async (ShardIterator?: string) =>
    (await streams.getRecords({ ShardIterator: ShardIterator ?? (await iterator()) })).Records ?? [];
  return { dynamodb, streams, StreamArn, iterator, read };
}

const put = (id: string, cookies: number) => ({
  TableName: 'orders',
  Item: { id: { S: id }, cookies: { N: String(cookies) } },
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a record', () => {
  test('is made of each change, in order', async () => {
    const { dynamodb, read } = await startStream();
    await dynamodb.putItem(put('a', 1));
    await dynamodb.updateItem({
      TableName: 'orders',
      Key: { id: { S: 'a' } },
      UpdateExpression: 'SET cookies = :two',
      ExpressionAttributeValues: { ':two': { N: '2' } },
    });
    await dynamodb.deleteItem({ TableName: 'orders', Key: { id: { S: 'a' } } });
    const records = await read();
    expect(
      records.map(({ eventName, dynamodb }) => [
        eventName,
        dynamodb?.OldImage?.['cookies'],
        dynamodb?.NewImage?.['cookies'],
      ]),
    ).toEqual([
      ['INSERT', undefined, { N: '1' }],
      ['MODIFY', { N: '1' }, { N: '2' }],
      ['REMOVE', { N: '2' }, undefined],
    ]);
    expect(records[0]).toMatchObject({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      dynamodb: {
        Keys: { id: { S: 'a' } },
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        ApproximateCreationDateTime: expect.any(Date),
      },
    });
    const numbers = records.map(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0));
    expect(numbers).toEqual([...numbers].sort((a, b) => (a < b ? -1 : 1)));
  });

  test.each([
    ['KEYS_ONLY', [false, false]],
    ['NEW_IMAGE', [true, false]],
    ['OLD_IMAGE', [false, true]],
  ] as const)('shows what %s says', async (StreamViewType, shown) => {
    const { dynamodb, read } = await startStream({ StreamEnabled: true, StreamViewType });
    await dynamodb.putItem(put('a', 1));
    await dynamodb.putItem(put('a', 2));
    const [, { dynamodb: record } = {}] = await read();
    expect([record?.NewImage !== undefined, record?.OldImage !== undefined]).toEqual(shown);
    expect(record?.Keys).toEqual({ id: { S: 'a' } });
  });

  // Source: DynamoDB Developer Guide, "Change data capture for DynamoDB Streams".
  test('is not made where nothing changes, nor by a transaction that is cancelled', async () => {
    const { dynamodb, read } = await startStream();
    await dynamodb.putItem(put('a', 1));
    await dynamodb.putItem(put('a', 1));
    await dynamodb.deleteItem({ TableName: 'orders', Key: { id: { S: 'none' } } });
    const check = { TableName: 'orders', Key: { id: { S: 'none' } }, ConditionExpression: 'attribute_exists(id)' };
    await expect(
      dynamodb.transactWriteItems({ TransactItems: [{ Put: put('b', 1) }, { ConditionCheck: check }] }),
    ).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    await dynamodb.transactWriteItems({ TransactItems: [{ Put: put('b', 1) }, { Put: put('c', 1) }] });
    expect((await read()).map(({ dynamodb }) => dynamodb?.Keys?.['id']?.S)).toEqual(['a', 'b', 'c']);
  });

  test('says of what expired that DynamoDB deleted it', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval'] });
    const { dynamodb, read } = await startStream();
    const TimeToLiveSpecification = { AttributeName: 'cookies', Enabled: true };
    await dynamodb.updateTimeToLive({ TableName: 'orders', TimeToLiveSpecification });
    await dynamodb.putItem(put('a', Math.floor(Date.now() / 1000) - 1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await read()).at(-1)).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
    });
  });
});

describe('an iterator', () => {
  test('goes on from page to page, from the newest, and from a sequence number', async () => {
    const { dynamodb, streams, iterator, read } = await startStream();
    await dynamodb.putItem(put('a', 1));
    const latest = await iterator('LATEST');
    await dynamodb.putItem(put('b', 1));
    const first = await streams.getRecords({ ShardIterator: await iterator(), Limit: 1 });
    expect(first.Records).toHaveLength(1);
    expect((await read(first.NextShardIterator)).map(({ dynamodb }) => dynamodb?.Keys?.['id']?.S)).toEqual(['b']);
    expect((await read(latest)).map(({ dynamodb }) => dynamodb?.Keys?.['id']?.S)).toEqual(['b']);
    const SequenceNumber = first.Records?.[0]?.dynamodb?.SequenceNumber;
    const at = await iterator('AT_SEQUENCE_NUMBER' as never, { SequenceNumber });
    const after = await iterator('AFTER_SEQUENCE_NUMBER' as never, { SequenceNumber });
    expect([await read(at), await read(after)].map(({ length }) => length)).toEqual([2, 1]);
  });

  test('expires after 15 minutes, and what it would read after a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { dynamodb, streams, iterator, read } = await startStream();
    await dynamodb.putItem(put('a', 1));
    const [record] = await read();
    const old = await iterator();
    vi.setSystemTime(Date.now() + 16 * 60_000);
    await expect(streams.getRecords({ ShardIterator: old })).rejects.toMatchObject({
      name: 'ExpiredIteratorException',
    });
    vi.setSystemTime(Date.now() + 24 * 3_600_000);
    expect(await read()).toEqual([]);
    const SequenceNumber = record?.dynamodb?.SequenceNumber;
    await expect(iterator('AT_SEQUENCE_NUMBER' as never, { SequenceNumber })).rejects.toMatchObject({
      name: 'TrimmedDataAccessException',
    });
  });

  test.each([
    ['that is none', { ShardIterator: 'none' }, 'ValidationException'],
    ['for more than 1,000', { Limit: 1001 }, 'ValidationException'],
  ])('%s is refused', async (_name, input, name) => {
    const { streams, iterator } = await startStream();
    await expect(streams.getRecords({ ShardIterator: await iterator(), ...input })).rejects.toMatchObject({ name });
  });
});

describe('a stream', () => {
  test('is told of with its table, and listed', async () => {
    const { dynamodb, streams, StreamArn } = await startStream();
    const { Table } = await dynamodb.describeTable({ TableName: 'orders' });
    expect(Table).toMatchObject({ StreamSpecification: viewType, LatestStreamArn: StreamArn });
    expect(StreamArn).toMatch(/:table\/orders\/stream\/\d{4}-\d\d-\d\dT[\d:.]+$/);
    expect((await streams.listStreams({ TableName: 'orders' })).Streams).toEqual([
      { StreamArn, StreamLabel: Table?.LatestStreamLabel, TableName: 'orders' },
    ]);
    expect((await streams.listStreams({ TableName: 'none' })).Streams).toEqual([]);
  });

  test('ends with its table, and can still be read to its end', async () => {
    const { dynamodb, streams, StreamArn, iterator } = await startStream();
    await dynamodb.putItem(put('a', 1));
    await dynamodb.deleteTable({ TableName: 'orders' });
    expect((await streams.describeStream({ StreamArn })).StreamDescription?.StreamStatus).toBe('DISABLED');
    const { Records, NextShardIterator } = await streams.getRecords({ ShardIterator: await iterator() });
    expect([Records?.length, NextShardIterator]).toEqual([1, undefined]);
  });

  test('is switched off and on, which begins another', async () => {
    const { dynamodb, StreamArn } = await startStream();
    const change = (StreamSpecification: object) =>
      dynamodb.updateTable({ TableName: 'orders', StreamSpecification: StreamSpecification as never });
    await expect(change(viewType)).rejects.toMatchObject({ name: 'ValidationException', message: /already/ });
    await change({ StreamEnabled: false });
    await expect(change({ StreamEnabled: false })).rejects.toMatchObject({ name: 'ValidationException' });
    const { TableDescription } = await change(viewType);
    expect(TableDescription?.LatestStreamArn).not.toBe(StreamArn);
  });

  test('that is not there is not found', async () => {
    const { streams } = await startStream();
    const StreamArn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/none/stream/2026-01-01T00:00:00.000';
    await expect(streams.describeStream({ StreamArn })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
