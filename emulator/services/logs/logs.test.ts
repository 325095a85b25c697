import * as logs from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { serve } from '../../gateway.fixture.ts';
import { service } from './service.fixture.ts';

const dayMs = 86_400_000;
const now = Date.now();
const { InvalidParameterException, ResourceAlreadyExistsException, ResourceNotFoundException } = logs;

type Table = ReturnType<typeof service>['operations'];
const target = { logGroupName: 'g', logStreamName: 's' };
const event = { timestamp: now, message: 'm' };

test.each<{ why: string; act: (table: Table) => unknown; error: new (...args: never[]) => Error }>([
  {
    why: 'the group exists',
    act: (t) => t.CreateLogGroup({ logGroupName: 'g' }),
    error: ResourceAlreadyExistsException,
  },
  { why: 'the name is none', act: (t) => t.CreateLogGroup({ logGroupName: 'a b' }), error: InvalidParameterException },
  { why: 'the stream exists', act: (t) => t.CreateLogStream(target), error: ResourceAlreadyExistsException },
  {
    why: 'the stream has a colon',
    act: (t) => t.CreateLogStream({ ...target, logStreamName: 'a:b' }),
    error: InvalidParameterException,
  },
  { why: 'there is no group', act: (t) => t.DeleteLogGroup({ logGroupName: 'x' }), error: ResourceNotFoundException },
  {
    why: 'there is no stream',
    act: (t) => t.PutLogEvents({ ...target, logStreamName: 'x', logEvents: [event] }),
    error: ResourceNotFoundException,
  },
  {
    why: 'a stream of several is missing',
    act: (t) => t.FilterLogEvents({ logGroupName: 'g', logStreamNames: ['s', 'x'] }),
    error: ResourceNotFoundException,
  },
  {
    why: 'streams are named twice',
    act: (t) => t.FilterLogEvents({ logGroupName: 'g', logStreamNames: ['s'], logStreamNamePrefix: 's' }),
    error: InvalidParameterException,
  },
  { why: 'no group is named', act: (t) => t.FilterLogEvents({}), error: InvalidParameterException },
  {
    why: 'a batch is empty',
    act: (t) => t.PutLogEvents({ ...target, logEvents: [] }),
    error: InvalidParameterException,
  },
  {
    why: 'a message is empty',
    act: (t) => t.PutLogEvents({ ...target, logEvents: [{ timestamp: now, message: '' }] }),
    error: InvalidParameterException,
  },
  {
    why: 'a batch is out of order',
    act: (t) => t.PutLogEvents({ ...target, logEvents: [event, { ...event, timestamp: now - 1 }] }),
    error: InvalidParameterException,
  },
  {
    why: 'a batch spans over a day',
    act: (t) => t.PutLogEvents({ ...target, logEvents: [{ ...event, timestamp: now - dayMs - 1 }, event] }),
    error: InvalidParameterException,
  },
  {
    why: 'a batch is over 1 MB',
    act: (t) => t.PutLogEvents({ ...target, logEvents: [{ timestamp: now, message: 'x'.repeat(1_048_576) }] }),
    error: InvalidParameterException,
  },
  {
    why: 'a token is none',
    act: (t) => t.GetLogEvents({ ...target, nextToken: 'f/12' }),
    error: InvalidParameterException,
  },
  {
    why: 'a limit is too high',
    act: (t) => t.GetLogEvents({ ...target, limit: 10_001 }),
    error: InvalidParameterException,
  },
  {
    why: 'a retention is none of those there are',
    act: (t) => t.PutRetentionPolicy({ logGroupName: 'g', retentionInDays: 2 }),
    error: InvalidParameterException,
  },
  {
    why: 'streams are ordered by time with a prefix',
    act: (t) => t.DescribeLogStreams({ logGroupName: 'g', orderBy: 'LastEventTime', logStreamNamePrefix: 's' }),
    error: InvalidParameterException,
  },
  {
    why: 'there is no such subscription',
    act: (t) => t.DeleteSubscriptionFilter({ logGroupName: 'g', filterName: 'x' }),
    error: ResourceNotFoundException,
  },
])('a call is refused where $why', ({ act, error }) => {
  const { operations } = service();
  operations.CreateLogGroup({ logGroupName: 'g' });
  operations.CreateLogStream(target);
  expect(() => act(operations)).toThrow(error);
});

test('a protected group is not deleted', () => {
  const { operations } = service();
  operations.CreateLogGroup({ logGroupName: 'g', deletionProtectionEnabled: true });
  expect(() => operations.DeleteLogGroup({ logGroupName: 'g' })).toThrow(logs.ValidationException);
  operations.PutLogGroupDeletionProtection({ logGroupIdentifier: 'g', deletionProtectionEnabled: false });
  operations.DeleteLogGroup({ logGroupName: 'g' });
  expect(operations.DescribeLogGroups({}).logGroups).toEqual([]);
});

test('real clients page through groups, streams and events, tag, and see the real errors', async () => {
  const { configuration } = await serve([service().service]);
  const client = new logs.CloudWatchLogs(configuration);
  for (const name of ['/b', '/a', '/c']) {
    await client.createLogGroup({ logGroupName: name, tags: { team: name } });
  }
  const groups: (string | undefined)[] = [];
  for await (const page of logs.paginateDescribeLogGroups({ client, pageSize: 2 }, {})) {
    groups.push(...(page.logGroups ?? []).map(({ logGroupName }) => logGroupName));
  }
  expect(groups).toEqual(['/a', '/b', '/c']);
  const [group] = (await client.describeLogGroups({ logGroupNamePrefix: '/a' })).logGroups ?? [];
  expect(group?.arn).toBe('arn:aws:logs:eu-west-1:000000000000:log-group:/a:*');
  await client.tagResource({ resourceArn: group?.logGroupArn, tags: { oven: '1' } });
  await client.untagResource({ resourceArn: group?.arn, tagKeys: ['team'] });
  expect((await client.listTagsForResource({ resourceArn: group?.arn })).tags).toEqual({ oven: '1' });

  await client.createLogStream({ logGroupName: '/a', logStreamName: 's' });
  const logEvents = Array.from({ length: 5 }, (_, i) => ({ timestamp: now + i, message: `m${i}` }));
  await client.putLogEvents({ logGroupName: '/a', logStreamName: 's', logEvents });
  const messages: (string | undefined)[] = [];
  const input = { logGroupIdentifier: group?.logGroupArn };
  for await (const page of logs.paginateFilterLogEvents({ client, pageSize: 2 }, input)) {
    messages.push(...(page.events ?? []).map(({ message }) => message));
  }
  expect(messages).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']);
  const { logStreams } = await client.describeLogStreams({ logGroupName: '/a', orderBy: 'LastEventTime' });
  expect(logStreams).toMatchObject([{ logStreamName: 's', firstEventTimestamp: now, lastEventTimestamp: now + 4 }]);
  await expect(client.filterLogEvents({ logGroupName: '/x' })).rejects.toBeInstanceOf(ResourceNotFoundException);
  await expect(client.startQuery({ startTime: 0, endTime: 1, queryString: '' })).rejects.toMatchObject({
    name: 'NotImplemented',
  });
});
