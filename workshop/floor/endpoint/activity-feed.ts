import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { ActivityEvent, Snapshot } from 'embedded-aws';
import { createParser } from 'eventsource-parser';
import { connectionTo } from '../../../client/endpoint/connection.ts';
import { requestOver } from '../../../client/endpoint/http-request.ts';

/** How the connection to the endpoint is. */
export type Connection =
  | { readonly is: 'there' }
  /** It does not answer. */
  | { readonly is: 'gone' }
  /** It answers, and tells no events: it is not the embedded AWS. */
  | { readonly is: 'silent' };

export interface FeedListener {
  onSnapshot(snapshot: Snapshot): void;
  onEvent(event: ActivityEvent): void;
  onConnection(connection: Connection): void;
}

const againAfterMs = 500;
/** An endpoint that answers but tells nothing may be replaced by one that does. */
const silentAgainAfterMs = 5_000;

/** Reads what an endpoint tells (emulator/EVENTS.md), and comes back by itself when the connection was lost, until an abort. */
export async function readActivity(endpoint: string, listener: FeedListener, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const wait = await readOnce(endpoint, listener, signal).catch(() => againAfterMs);
    if (signal.aborted) {
      return;
    }
    listener.onConnection({ is: wait === silentAgainAfterMs ? 'silent' : 'gone' });
    await pause(wait, undefined, { signal }).catch(() => undefined);
  }
}

/** Reads until the stream ends. Returns how long to wait before the next try. */
async function readOnce(endpoint: string, listener: FeedListener, signal: AbortSignal): Promise<number> {
  const request = requestOver(connectionTo(new URL(endpoint), endpoint), { path: '/_emulator/events', signal });
  request.end();
  const [stream] = (await once(request, 'response', { signal })) as [IncomingMessage];
  const isStream = stream.headers['content-type']?.startsWith('text/event-stream') === true;
  if (stream.statusCode !== 200 || !isStream) {
    stream.resume();
    return silentAgainAfterMs;
  }
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'snapshot') {
        listener.onSnapshot(JSON.parse(data) as Snapshot);
      } else if (event === undefined) {
        listener.onEvent(JSON.parse(data) as ActivityEvent);
      } else if (event === 'lost') {
        // What was missed is not known: begin anew, with what there is.
        stream.destroy();
      }
    },
  });
  stream.setEncoding('utf8');
  // No byte for as long as nothing happens, which may be long.
  stream.socket.setTimeout(0);
  listener.onConnection({ is: 'there' });
  for await (const chunk of stream) {
    parser.feed(chunk as string);
  }
  return againAfterMs;
}
