import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Handlers } from '../../wire/operation.ts';
import { inRange, invalidParameter } from './errors.ts';
import { eventId, positionOf } from './event-id.ts';
import type { EventSequence, LogEvent, Position } from './event-sequence.ts';
import { weight } from './log-group.ts';
import type { LogGroups } from './log-groups.ts';

/** The most that one answer holds, in events and in bytes. */
const maxEvents = 10_000;
const maxBytes = 1_048_576;

/** A place to go on from, and which way: `f/POSITION/s` or `b/POSITION/s`. The position itself is not read again. */
interface Token {
  readonly forward: boolean;
  readonly position: Position;
}

/** GetLogEvents: the events of one stream, read forwards or backwards. */
export function getLogEvents(groups: LogGroups) {
  return {
    GetLogEvents: (input) => {
      const { logStreamName = '', startTime, endTime, nextToken, startFromHead = false } = input;
      const limit = inRange('limit', input.limit, maxEvents);
      const { events } = groups.identified(input).stream(logStreamName);
      const token = nextToken === undefined ? undefined : parseToken(nextToken);
      const forward = token?.forward ?? startFromHead;

      let start = startTime === undefined ? 0 : events.indexOf(startOf(startTime));
      let end = endTime === undefined ? events.length : events.indexOf(startOf(endTime));
      if (token?.forward) {
        start = Math.max(start, events.indexOf(after(token.position)));
      } else if (token) {
        end = Math.min(end, events.indexOf(token.position));
      }
      const found = readAtMost(events, { start, end, forward, limit });

      const before = token?.position ?? events.at(start - 1) ?? { timestamp: 0, arrival: 0 };
      return {
        events: found.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
        // At the end of a stream, the token of that direction comes back as it was.
        nextForwardToken: `f/${eventId(found.at(-1) ?? before)}/s`,
        nextBackwardToken: `b/${eventId(found[0] ?? before)}/s`,
      };
    },
  } satisfies Handlers<typeof logs>;
}

const startOf = (timestamp: number): Position => ({ timestamp, arrival: -1 });

const after = ({ timestamp, arrival }: Position): Position => ({ timestamp, arrival: arrival + 1 });

function parseToken(token: string): Token {
  const [, direction, id = ''] = /^([fb])\/(\d+)(?:\/s)?$/.exec(token) ?? [];
  const position = positionOf(id);
  if (!position) {
    throw invalidParameter('The specified nextToken is invalid.');
  }
  return { forward: direction === 'f', position };
}

/** The events of a range from its beginning or from its end, as many as an answer holds, in their order. */
function readAtMost(
  events: EventSequence,
  { start, end, forward, limit }: { start: number; end: number; forward: boolean; limit: number },
): LogEvent[] {
  const range = forward
    ? events.slice(start, Math.min(end, start + limit))
    : events.slice(Math.max(start, end - limit), Math.max(start, end)).reverse();
  let bytes = 0;
  const full = range.findIndex((event, i) => {
    bytes += weight(event);
    return i > 0 && bytes > maxBytes;
  });
  const fitting = full === -1 ? range : range.slice(0, full);
  return forward ? fitting : fitting.reverse();
}
