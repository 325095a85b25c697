import type * as eventbridge from '@aws-sdk/client-eventbridge';
import type { Handlers } from '../../wire/operation.ts';
import { isBoundedJson } from '../../wire/protocols/json-bounds.ts';
import { Turn } from '../../wire/turn.ts';
import { validationException } from './errors.ts';
import { type BusEvent, busEvent } from './event.ts';
import type { EventBus, EventBuses } from './event-bus.ts';
import { parseEventPattern } from './event-pattern.ts';

const maxEntries = 10;
/** The most that the entries of a request hold together, in bytes. */
const maxBytes = 1_048_576;
/** What an entry's time counts, in bytes. */
const timeBytes = 14;

/**
 * The operations that bring events.
 * @param publish puts an event on a bus; those of a request share a turn
 */
export function putEventsOperations(
  buses: EventBuses,
  publish: (bus: EventBus, event: BusEvent, turn: Turn) => Promise<void>,
) {
  const put = (entry: eventbridge.PutEventsRequestEntry, turn: Turn): eventbridge.PutEventsResultEntry => {
    const detail = parseObject(entry.Detail ?? '');
    const refused = refusal(entry, detail);
    if (refused) {
      return refused;
    }
    const event = busEvent(buses.region, {
      detailType: entry.DetailType ?? '',
      source: entry.Source ?? '',
      time: entry.Time ?? new Date(),
      resources: entry.Resources ?? [],
      detail,
    });
    // As on AWS, an event for a bus that is not there is accepted, and goes nowhere.
    const bus = buses.find(entry.EventBusName);
    if (bus) {
      publish(bus, event, turn).catch((error: Error) => console.error(`events: ${event.id} was lost:`, error));
    }
    return { EventId: event.id };
  };

  return {
    PutEvents: ({ Entries: requested = [] }) => {
      if (requested.length < 1 || requested.length > maxEntries) {
        const limit = requested.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${maxEntries}`;
        throw validationException(
          `1 validation error detected: Value '[${requested.length} entries]' at 'entries' failed to satisfy constraint: Member must have length ${limit}`,
        );
      }
      if (requested.reduce((bytes, entry) => bytes + sizeOf(entry), 0) > maxBytes) {
        throw validationException('Total size of the entries in the request is over the limit.');
      }
      const turn = new Turn();
      const Entries = requested.map((entry) => put(entry, turn));
      return { FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode).length, Entries };
    },

    TestEventPattern: ({ EventPattern = '', Event = '' }) => {
      const matches = parseEventPattern(EventPattern);
      const event = parseObject(Event);
      if (!event) {
        throw validationException('Parameter Event is not valid. Reason: Event is not a JSON object.');
      }
      const missing = required.find((field) => !(field in event));
      if (missing) {
        throw validationException(`Parameter Event is not valid. Reason: ${missing} is a required field.`);
      }
      return { Result: matches(event) };
    },
  } satisfies Handlers<typeof eventbridge>;
}

/** What an event must have to be tested. */
const required = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

/** The answer to an entry that is not taken, or undefined. */
function refusal(
  entry: eventbridge.PutEventsRequestEntry,
  detail: object | undefined,
): eventbridge.PutEventsResultEntry | undefined {
  const missing = (['Source', 'DetailType', 'Detail'] as const).find((field) => !entry[field]);
  if (missing) {
    const ErrorMessage = `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage };
  }
  if (entry.Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'Not authorized for the source.' };
  }
  return detail ? undefined : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function parseObject(text: string): object | undefined {
  if (!isBoundedJson(text)) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** See "Calculating PutEvents event entry size". */
function sizeOf({
  Time,
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
}: eventbridge.PutEventsRequestEntry) {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), Time ? timeBytes : 0);
}
