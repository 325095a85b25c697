import { EventStreamCodec } from '@smithy/core/event-streams';
import type { NormalizedSchema } from '@smithy/core/schema';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';
import type { MessageHeaders } from '@smithy/types';
import { membersOf, traitsOf } from '../schema.ts';
import type { BodyCodec } from './body-codec.ts';

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** Whether a member of an answer is a stream of events: a union that is streamed. */
export const isEventStream = (schema: NormalizedSchema): boolean => schema.isStructSchema() && schema.isStreaming();

/** Events as they travel: each a message that says which it is ("Amazon event stream specification" of Smithy). */
export async function* eventMessages(
  schema: NormalizedSchema,
  events: AsyncIterable<Readonly<Record<string, unknown>>>,
  body: BodyCodec,
): AsyncGenerator<Uint8Array> {
  const kinds = new Map(membersOf(schema));
  for await (const event of events) {
    for (const [name, value] of Object.entries(event)) {
      const kind = kinds.get(name);
      if (kind) {
        yield messageOf(name, kind, value as Readonly<Record<string, unknown>>, body);
      }
    }
  }
}

function messageOf(name: string, kind: NormalizedSchema, value: Readonly<Record<string, unknown>>, body: BodyCodec) {
  const payload = membersOf(kind).find(([, member]) => traitsOf(member)['eventPayload']);
  const isBlob = payload?.[1].isBlobSchema() ?? false;
  const headers: MessageHeaders = {
    ':message-type': { type: 'string', value: 'event' },
    ':event-type': { type: 'string', value: name },
    ':content-type': { type: 'string', value: isBlob ? 'application/octet-stream' : body.contentType },
  };
  const written = isBlob && payload ? (value[payload[0]] as Uint8Array) : body.write(kind, value);
  return codec.encode({ headers, body: typeof written === 'string' ? fromUtf8(written) : written });
}
