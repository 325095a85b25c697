import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStream } from './event-stream.fixture.ts';
import { createEventStream, mostReaders } from './event-stream.ts';
import { serve } from './gateway.fixture.ts';
import { Activity, keptEvents } from './wire/activity/activity.ts';

/** The stream alone, behind a real gate and port, and what would happen by hand. */
async function start() {
  const activity = new Activity();
  const eventStream = createEventStream(activity, () => ({ version: 1, time: 0, regions: [] }));
  const { url } = await serve([], { pages: eventStream.pages });
  onTestFinished(() => eventStream.close());
  return {
    activity,
    url,
    close: eventStream.close,
    /** Lines, the first of which has this number. */
    log: (first: number, lines: number, width = 10) => {
      for (let n = first; n < first + lines; n++) {
        const message = String(n).padEnd(width, '.');
        activity.of('eu-west-1').publish({ type: 'log.line', group: 'g', stream: 's', message });
      }
    },
  };
}

type Stream = Awaited<ReturnType<typeof openStream>>;

/** The numbers of the lines that a reader got. */
const numbers = (stream: Stream): number[] =>
  stream.events().map((event) => Number.parseInt('message' in event ? event.message : '', 10));
const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

test('two readers get the same, in order, each from when it came', async () => {
  const { url, log, activity } = await start();
  const early = await openStream(url);
  log(1, 3);
  await vi.waitFor(() => expect(numbers(early)).toEqual([1, 2, 3]));
  const late = await openStream(url);
  log(4, 2);
  await vi.waitFor(() => expect(numbers(late)).toEqual([4, 5]));
  await vi.waitFor(() => expect(numbers(early)).toEqual([1, 2, 3, 4, 5]));
  expect(late.events()).toEqual(early.events().slice(3));
  expect(activity.readers).toBe(2);
});

test('each event has its id in the frame too, and the stream says its version', async () => {
  const { url, log } = await start();
  const stream = await openStream(url);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'emulator-events-version': '1',
  });
  log(1, 2);
  await vi.waitFor(() => expect(stream.events()).toHaveLength(2));
  const [snapshot, ...events] = stream.frames;
  expect(snapshot).toMatchObject({ event: 'snapshot', id: expect.stringMatching(/-0$/) });
  expect(events.map(({ id }) => id)).toEqual(stream.events().map(({ id }) => id));
});

test('a reader that comes back goes on after the event that it had last', async () => {
  const { url, log } = await start();
  const stream = await openStream(url);
  log(1, 3);
  await vi.waitFor(() => expect(stream.events()).toHaveLength(3));
  await stream.leave();
  log(4, 3);
  const lastId = stream.events()[1]?.id ?? '';
  const again = await openStream(url, undefined, { 'last-event-id': lastId });
  await vi.waitFor(() => expect(numbers(again)).toEqual([3, 4, 5, 6]));
  expect(again.snapshots()).toEqual([]);
  expect(again.lost()).toEqual([]);
});

test('one that had the snapshot alone comes back to all that has happened since', async () => {
  const { url, log } = await start();
  const stream = await openStream(url);
  await vi.waitFor(() => expect(stream.snapshots()).toHaveLength(1));
  await stream.leave();
  log(1, 2);
  const again = await openStream(url, undefined, { 'last-event-id': stream.frames[0]?.id ?? '' });
  await vi.waitFor(() => expect(numbers(again)).toEqual([1, 2]));
});

test('what is kept is bounded: who comes back late is told how many are lost', async () => {
  const { url, log } = await start();
  const stream = await openStream(url);
  log(1, 2);
  await vi.waitFor(() => expect(stream.events()).toHaveLength(2));
  await stream.leave();
  log(3, keptEvents + 5);
  const again = await openStream(url, undefined, { 'last-event-id': stream.events()[1]?.id ?? '' });
  await vi.waitFor(() => expect(again.events()).toHaveLength(keptEvents));
  expect(again.lost()).toEqual([{ events: 5 }]);
  expect(numbers(again)).toEqual(upTo(8, keptEvents + 7));
});

test.each(['0123456789ab-1', 'x', '-', '1', `${'9'.repeat(40)}-${'9'.repeat(400)}`])(
  'an id that is none of this endpoint, %s: something is lost, nobody knows how much, and a snapshot follows',
  async (lastId) => {
    const { url, log } = await start();
    const first = await openStream(url);
    log(1, 1);
    await vi.waitFor(() => expect(first.events()).toHaveLength(1));
    const again = await openStream(url, undefined, { 'last-event-id': lastId });
    await vi.waitFor(() => expect(again.snapshots()).toHaveLength(1));
    expect(again.frames.map(({ event }) => event)).toEqual(['lost', 'snapshot']);
    expect(again.lost()).toEqual([{ events: null }]);
  },
);

test('a slow reader loses the oldest and is told how many; a quick one loses none, and nothing piles up', async () => {
  const { url, log } = await start();
  const slow = await openStream(url);
  const quick = await openStream(url);
  await vi.waitFor(() => expect(slow.snapshots()).toHaveLength(1));
  slow.pause();
  const rounds = 8;
  const round = 8_000;
  // More than what is kept and what the sockets hold together.
  for (let i = 0; i < rounds; i++) {
    log(1 + i * round, round, 1000);
    await vi.waitFor(() => expect(quick.frames.length).toBeGreaterThan((i + 1) * round));
  }
  slow.goOn();
  await vi.waitFor(() => expect(slow.frames.at(-1)?.data).toContain(`"${rounds * round}.`));
  const lost = slow.lost().reduce((sum, { events }) => sum + (events ?? 0), 0);
  expect(lost).toBeGreaterThan(0);
  expect(lost + slow.events().length).toBe(rounds * round);
  // Before what is lost, and after it, nothing is missing.
  const gaps = numbers(slow).filter((number, i, all) => i > 0 && number !== (all[i - 1] ?? 0) + 1);
  expect(gaps).toHaveLength(slow.lost().length);
  expect(quick.lost()).toEqual([]);
  expect(quick.events()).toHaveLength(rounds * round);
});

test('a reader that goes away is no reader any more', async () => {
  const { url, activity, log } = await start();
  const stream = await openStream(url);
  const other = await openStream(url);
  expect(activity.readers).toBe(2);
  await stream.leave();
  await vi.waitFor(() => expect(activity.readers).toBe(1));
  log(1, 1);
  await vi.waitFor(() => expect(numbers(other)).toEqual([1]));
  await other.leave();
  await vi.waitFor(() => expect(activity.readers).toBe(0));
});

test('close sends what is left and ends the streams', async () => {
  const { url, log, close, activity } = await start();
  const stream = await openStream(url);
  log(1, 3);
  close();
  await stream.ended;
  expect(numbers(stream)).toEqual([1, 2, 3]);
  expect(activity.readers).toBe(0);
  expect(activity.isRead).toBe(false);
});

test.each([
  { query: 'types=log.line', got: ['log.line'] },
  { query: 'types=log', got: ['log.line'] },
  { query: 'types=queue.purged,log', got: ['log.line', 'queue.purged'] },
  { query: 'types=message', got: [] },
])('$query: only those', async ({ query, got }) => {
  const { url, log, activity } = await start();
  const stream = await openStream(url, `/_emulator/events?${query}`);
  const all = await openStream(url);
  log(1, 1);
  activity.publish('eu-west-1', { type: 'queue.purged', queue: 'q', messages: 1 });
  await vi.waitFor(() => expect(all.events()).toHaveLength(2));
  await vi.waitFor(() => expect(stream.events().map(({ type }) => type)).toEqual(got));
});

test.each([
  { what: 'a type that is not there', path: '/_emulator/events?types=log.lime', status: 400, says: 'log.lime' },
  { what: 'no type', path: '/_emulator/events?types=', status: 400, says: 'There is no type' },
  { what: 'a method but GET', method: 'POST', path: '/_emulator/events', status: 405, says: 'POST' },
  { what: 'a method but GET', method: 'DELETE', path: '/_emulator/state', status: 405, says: 'DELETE' },
  { what: 'another origin', headers: { origin: 'http://evil.example' }, status: 403, says: 'another origin' },
  {
    what: 'the same host on another port',
    headers: { origin: 'http://127.0.0.1:1' },
    status: 403,
    says: 'another origin',
  },
  { what: 'another site', headers: { 'sec-fetch-site': 'cross-site' }, status: 403, says: 'another site' },
  { what: 'a page of the same site', headers: { 'sec-fetch-site': 'same-site' }, status: 403, says: 'another site' },
  { what: 'a host name that leads here', headers: { host: 'evil.example' }, status: 403, says: 'Host' },
])('refused: $what', async ({ method = 'GET', path = '/_emulator/events', headers = {}, status, says }) => {
  const { url, activity } = await start();
  const refused = await ask(url, method, path, headers);
  expect(refused).toEqual({ status, body: expect.stringContaining(says) });
  expect(activity.isRead).toBe(false);
});

test('more readers than there can be are refused, until one leaves', async () => {
  const { url, activity } = await start();
  const streams = await Promise.all(Array.from({ length: mostReaders }, () => openStream(url)));
  expect(await ask(url, 'GET', '/_emulator/events')).toMatchObject({ status: 503 });
  await streams[0]?.leave();
  await vi.waitFor(() => expect(activity.readers).toBe(mostReaders - 1));
  expect((await openStream(url)).status).toBe(200);
});

/** The built-in fetch sets no Host and no Sec-Fetch-Site of one's own. */
async function ask(url: string, method: string, path: string, headers: Record<string, string> = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request(new URL(path, url), { method, headers }, resolve).once('error', reject).end();
  const answer = await promise;
  return { status: answer.statusCode, body: await text(answer) };
}
