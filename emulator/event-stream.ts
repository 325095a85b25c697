import type { ServerResponse } from 'node:http';
import type { Page, StreamedAnswer } from './gateway.ts';
import type { Activity } from './wire/activity/activity.ts';
import { type ActivityEvent, activityTypes, activityVersion, type Lost, type Snapshot } from './wire/activity/event.ts';
import type { WireAnswer, WireRequest } from './wire/http.ts';

/** Each reader holds a connection. */
export const mostReaders = 64;
/** Bytes after which what is written waits for the connection. */
const chunkBytes = 65_536;
/** What a browser has to wait before it comes back. */
const retryMs = 1000;

export interface EventStream {
  /** `GET /_emulator/events` and `GET /_emulator/state`, described in EVENTS.md. */
  readonly pages: readonly Page[];
  /** Sends its readers what is left, and ends their streams. */
  close(): void;
}

/** @param snapshot what is there now */
export function createEventStream(activity: Activity, snapshot: () => Snapshot): EventStream {
  const readers = new Set<Reader>();

  const stream = (request: WireRequest): WireAnswer | StreamedAnswer => {
    const types = wantedTypes(request.query.get('types'));
    if (typeof types === 'string') {
      return json(400, { error: types });
    }
    if (readers.size >= mostReaders) {
      return json(503, { error: `${mostReaders} readers are connected, and there can be no more.` });
    }
    const lastId = request.headers['last-event-id'];
    return {
      status: 200,
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'emulator-events-version': String(activityVersion),
      },
      stream: (outgoing) => {
        const reader = new Reader(outgoing, activity, types);
        readers.add(reader);
        outgoing.once('close', () => {
          readers.delete(reader);
          reader.leave();
        });
        reader.start(typeof lastId === 'string' ? lastId : undefined, snapshot);
      },
    };
  };

  return {
    pages: [
      pageAt('/_emulator/events', stream),
      pageAt('/_emulator/state', () => json(200, snapshot(), { 'cache-control': 'no-store' })),
    ],
    close: () => {
      activity.close();
      for (const reader of readers) {
        reader.end();
      }
    },
  };
}

/** One connection. It has no queue of its own: it goes through what the endpoint keeps, as fast as it is read. */
class Reader {
  readonly #outgoing: ServerResponse;
  readonly #activity: Activity;
  readonly #types: ReadonlySet<string> | undefined;
  /** Of how many events it was told, or told that they are lost. */
  #count = 0;
  /** The connection takes no more for now. */
  #full = false;
  readonly leave: () => void;

  constructor(outgoing: ServerResponse, activity: Activity, types: ReadonlySet<string> | undefined) {
    this.#outgoing = outgoing;
    this.#activity = activity;
    this.#types = types;
    this.leave = activity.read(() => this.#send());
    outgoing.on('drain', () => {
      this.#full = false;
      this.#send();
    });
  }

  /** Goes on after the event with an id; where it cannot, or where there was none, begins with what is there. */
  start(lastId: string | undefined, snapshot: () => Snapshot): void {
    this.#outgoing.write(`retry: ${retryMs}\n\n`);
    const count = lastId === undefined ? undefined : this.#activity.countAt(lastId);
    if (count !== undefined) {
      this.#count = count;
      this.#send();
      return;
    }
    this.#count = this.#activity.count;
    const lost = lastId === undefined ? '' : lostFrame({ events: null });
    this.#write(
      `${lost}id: ${this.#activity.idAt(this.#count)}\nevent: snapshot\ndata: ${JSON.stringify(snapshot())}\n\n`,
    );
  }

  end(): void {
    this.#outgoing.end();
  }

  #send(): void {
    if (this.#full || this.#outgoing.destroyed) {
      return;
    }
    const { lost, events } = this.#activity.after(this.#count);
    let text = lost > 0 ? lostFrame({ events: lost }) : '';
    this.#count += lost;
    for (const event of events) {
      this.#count++;
      text += this.#frameOf(event);
      if (text.length >= chunkBytes) {
        if (!this.#write(text)) {
          return;
        }
        text = '';
      }
    }
    if (text !== '') {
      this.#write(text);
    }
  }

  #frameOf(event: ActivityEvent): string {
    const [family = ''] = event.type.split('.', 1);
    if (this.#types && !this.#types.has(event.type) && !this.#types.has(family)) {
      return '';
    }
    return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
  }

  /** Whether the connection takes more. */
  #write(text: string): boolean {
    this.#full = !this.#outgoing.write(text);
    return !this.#full;
  }
}

/** It has no id: a reader that comes back after it gets the same again. */
const lostFrame = (lost: Lost): string => `event: lost\ndata: ${JSON.stringify(lost)}\n\n`;

const families: ReadonlySet<string> = new Set(activityTypes.map((type) => type.slice(0, type.indexOf('.'))));

/** The types, and beginnings of types, that are asked for; undefined for all; a text that says what is wrong. */
function wantedTypes(query: string | null): ReadonlySet<string> | string | undefined {
  if (query === null) {
    return undefined;
  }
  const wanted = query.split(',');
  const known: ReadonlySet<string> = new Set([...activityTypes, ...families]);
  const unknown = wanted.find((type) => !known.has(type));
  return unknown === undefined
    ? new Set(wanted)
    : `There is no type ${JSON.stringify(unknown.slice(0, 100))}; there are ${[...known].join(', ')}.`;
}

/** A page of one path, for GET. */
function pageAt(path: string, answer: Page['answer']): Page {
  return {
    path,
    answers: (head) => head.path === path,
    answer: (request) =>
      request.method === 'GET' ? answer(request) : json(405, { error: `${path} is not there for ${request.method}.` }),
  };
}

const json = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
