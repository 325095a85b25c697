import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Handlers } from '../../wire/operation.ts';
import { inRange, invalidParameter } from './errors.ts';
import { eventId, positionOf } from './event-id.ts';
import type { LogEvent, Position } from './event-sequence.ts';
import { parseFilterPattern, searchCost } from './filter-pattern.ts';
import { type LogGroup, weight } from './log-group.ts';
import type { LogGroups } from './log-groups.ts';

/** The most that one answer holds, in events and in bytes. */
const maxEvents = 10_000;
const maxBytes = 1_048_576;
/** The most that is searched for one answer, by {@link searchCost}: all that a group keeps, where a pattern is of plain terms. */
const maxCost = 33_554_432;

/**
 * FilterLogEvents: the events of a group's streams in one order, those that a filter pattern matches. A page also
 * ends where enough has been searched, as on AWS it "can return empty results while there are more log events available through the token".
 */
export function filterLogEvents(groups: LogGroups) {
  return {
    FilterLogEvents: (input) => {
      const { startTime = 0, endTime = Number.MAX_SAFE_INTEGER, nextToken } = input;
      const limit = inRange('limit', input.limit, maxEvents);
      const group = groups.identified(input);
      const isWanted = streamFilter(group, input);
      const matches = parseFilterPattern(input.filterPattern ?? '');
      if (startTime > endTime) {
        throw invalidParameter('startTime must not be greater than endTime.');
      }
      const token = nextToken === undefined ? undefined : parseToken(nextToken);
      const forward = token?.forward ?? input.startFromHead ?? true;

      const events = scan(group, { startTime, endTime, forward, from: token?.position });
      const { found, last } = pageOf(events, {
        limit,
        matches: ({ stream, message }) => isWanted(stream) && matches(message),
        costOf: searchCost(input.filterPattern ?? ''),
      });
      return {
        events: found.map((event) => ({
          logStreamName: event.stream,
          timestamp: event.timestamp,
          message: event.message,
          ingestionTime: event.ingestionTime,
          eventId: eventId(event),
        })),
        searchedLogStreams: [],
        ...(last && { nextToken: Buffer.from(`${forward ? 'f' : 'b'}/${eventId(last)}`).toString('base64url') }),
      };
    },
  } satisfies Handlers<typeof logs>;
}

interface Search {
  readonly limit: number;
  readonly matches: (event: LogEvent) => boolean;
  readonly costOf: (message: string) => number;
}

/** What is found of some events, and the last that was looked at where there are more. */
function pageOf(events: Iterable<LogEvent>, { limit, matches, costOf }: Search) {
  const found: LogEvent[] = [];
  let bytes = 0;
  let cost = 0;
  let last: LogEvent | undefined;
  for (const event of events) {
    cost += costOf(event.message);
    if (last && cost > maxCost) {
      return { found, last };
    }
    if (matches(event)) {
      bytes += weight(event);
      if (found.length === limit || (found.length > 0 && bytes > maxBytes)) {
        return { found, last };
      }
      found.push(event);
    }
    last = event;
  }
  return { found, last: undefined };
}

type StreamChoice = Pick<logs.FilterLogEventsRequest, 'logStreamNames' | 'logStreamNamePrefix'>;

function streamFilter(group: LogGroup, { logStreamNames, logStreamNamePrefix }: StreamChoice) {
  if (logStreamNames && logStreamNamePrefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.');
  }
  // One that does not exist is an error rather than an empty answer.
  const names = logStreamNames && new Set(logStreamNames.map((name) => group.stream(name).name));
  return (stream: string) => names?.has(stream) ?? stream.startsWith(logStreamNamePrefix ?? '');
}

interface ScanRange {
  readonly startTime: number;
  /** The last millisecond that still counts. */
  readonly endTime: number;
  readonly forward: boolean;
  /** The event after which to go on, in the direction of the scan. */
  readonly from: Position | undefined;
}

function* scan({ events }: LogGroup, { startTime, endTime, forward, from }: ScanRange): Generator<LogEvent> {
  let start = events.indexOf({ timestamp: startTime, arrival: -1 });
  let end = events.indexOf({ timestamp: endTime + 1, arrival: -1 });
  if (from && forward) {
    start = Math.max(start, events.indexOf({ ...from, arrival: from.arrival + 1 }));
  }
  if (from && !forward) {
    end = Math.min(end, events.indexOf(from));
  }
  for (let i = 0; i < end - start; i++) {
    const event = events.at(forward ? start + i : end - 1 - i);
    if (event) {
      yield event;
    }
  }
}

function parseToken(token: string): { forward: boolean; position: Position } {
  const [direction, id = ''] = Buffer.from(token, 'base64url').toString().split('/');
  const position = positionOf(id);
  if (!position) {
    throw invalidParameter('The specified nextToken is invalid.');
  }
  return { forward: direction === 'f', position };
}
