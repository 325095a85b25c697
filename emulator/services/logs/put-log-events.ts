import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type { Handlers } from '../../wire/operation.ts';
import { constraintViolated, invalidParameter } from './errors.ts';
import { eventId } from './event-id.ts';
import type { LogEvent } from './event-sequence.ts';
import { type LogGroup, weight } from './log-group.ts';
import type { LogGroups } from './log-groups.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The limits of a batch: events, bytes, and the time it spans. */
const maxEvents = 10_000;
const maxBytes = 1_048_576;
const maxSpanMs = dayMs;
/** How far from now an event may be. */
const maxFutureMs = 2 * hourMs;
const maxAgeMs = 14 * dayMs;

interface InputEvent {
  readonly timestamp: number;
  readonly message: string;
}

/**
 * PutLogEvents. It takes effect before it returns, whoever calls it, so that a reader sees what was written.
 * @param accepted is called with what a group has taken in
 */
export function putLogEvents(groups: LogGroups, accepted: (group: LogGroup, events: LogEvent[]) => void) {
  return {
    PutLogEvents: ({ logGroupName, logStreamName = '', logEvents = [] }) => {
      const group = groups.get(logGroupName);
      const stream = group.stream(logStreamName);
      const batch = logEvents.map(({ timestamp = 0, message = '' }) => ({ timestamp, message }));
      checkBatch(batch);
      const { from, to, rejectedLogEventsInfo } = withinTime(batch, group.retentionInDays);
      const events = group.add(stream, from === 0 && to === batch.length ? batch : batch.slice(from, to));
      if (events.length > 0) {
        accepted(group, events);
      }
      const { last } = stream.events;
      return {
        ...(last && { nextSequenceToken: eventId(last) }),
        ...(rejectedLogEventsInfo && { rejectedLogEventsInfo }),
      };
    },
  } satisfies Handlers<typeof logs>;
}

function checkBatch(batch: readonly InputEvent[]): void {
  const [first] = batch;
  if (!first || batch.length > maxEvents) {
    const limit = first ? `less than or equal to ${maxEvents}` : 'greater than or equal to 1';
    throw constraintViolated('logEvents', `[${batch.length} events]`, `Member must have length ${limit}`);
  }
  let bytes = 0;
  let previous = first.timestamp;
  for (const [i, event] of batch.entries()) {
    if (event.message === '') {
      const at = `logEvents.${i + 1}.member.message`;
      throw constraintViolated(at, '', 'Member must have length greater than or equal to 1');
    }
    if (event.timestamp < previous) {
      throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
    }
    previous = event.timestamp;
    bytes += weight(event);
  }
  if (bytes > maxBytes) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${maxBytes}`);
  }
  if (previous - first.timestamp > maxSpanMs) {
    throw invalidParameter('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
}

/** The part of a batch that is neither too old nor too new, and what the caller learns of the rest. */
function withinTime(batch: readonly InputEvent[], retentionInDays: number | undefined) {
  const now = Date.now();
  const before = (oldest: number) => {
    const found = batch.findIndex(({ timestamp }) => timestamp >= oldest);
    return found === -1 ? batch.length : found;
  };
  const tooOld = before(now - maxAgeMs);
  const expired = retentionInDays === undefined ? 0 : before(now - retentionInDays * dayMs);
  const tooNew = before(now + maxFutureMs + 1);
  const from = Math.max(tooOld, expired);
  const rejected = {
    ...(tooNew < batch.length && { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
  } satisfies logs.RejectedLogEventsInfo;
  return { from, to: tooNew, rejectedLogEventsInfo: Object.keys(rejected).length > 0 ? rejected : undefined };
}
