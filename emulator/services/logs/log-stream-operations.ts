import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Handlers } from '../../wire/operation.ts';
import { invalidParameter } from './errors.ts';
import { eventId } from './event-id.ts';
import type { LogGroup } from './log-group.ts';
import type { LogGroups } from './log-groups.ts';
import type { LogStream } from './log-stream.ts';
import { pageOf } from './paging.ts';

/** The operations on log streams as such. */
export function logStreamOperations(groups: LogGroups) {
  return {
    CreateLogStream: ({ logGroupName, logStreamName = '' }) => {
      groups.get(logGroupName).createStream(logStreamName);
      return {};
    },

    DeleteLogStream: ({ logGroupName, logStreamName = '' }) => {
      groups.get(logGroupName).deleteStream(logStreamName);
      return {};
    },

    DescribeLogStreams: (input) => {
      const { logStreamNamePrefix, orderBy = 'LogStreamName', descending = false } = input;
      const group = groups.identified(input);
      if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
        throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
      }
      const found = group.streams
        .filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''))
        .sort(orderBy === 'LastEventTime' ? byLastEvent : byName);
      if (descending) {
        found.reverse();
      }
      const { items, ...next } = pageOf(found, ({ name }) => name, input);
      return { logStreams: items.map((stream) => describe(group, stream)), ...next };
    },
  } satisfies Handlers<typeof logs>;
}

const byName = (a: LogStream, b: LogStream): number => (a.name < b.name ? -1 : 1);

const byLastEvent = (a: LogStream, b: LogStream): number =>
  (a.events.last?.timestamp ?? 0) - (b.events.last?.timestamp ?? 0) || byName(a, b);

function describe({ arn }: LogGroup, { name, created, events, lastIngestion }: LogStream): logs.LogStream {
  const { first, last } = events;
  return {
    logStreamName: name,
    creationTime: created,
    ...(first && { firstEventTimestamp: first.timestamp }),
    ...(last && { lastEventTimestamp: last.timestamp, uploadSequenceToken: eventId(last) }),
    ...(lastIngestion !== undefined && { lastIngestionTime: lastIngestion }),
    arn: `${arn}:log-stream:${name}`,
    storedBytes: 0,
  };
}
