import { request } from 'node:http';
import { expect, onTestFinished, vi } from 'vitest';
import type { ActivityEvent, Lost, Snapshot } from './wire/activity/event.ts';

interface Frame {
  readonly id?: string;
  readonly event?: string;
  readonly data: string;
}

/**
 * A reader of an endpoint's events, until the end of the test.
 * @param path with the query
 */
export async function openStream(url: string, path = '/_emulator/events', headers: Record<string, string> = {}) {
  const frames: Frame[] = [];
  const { promise: answered, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  // The built-in fetch reads ahead, whoever reads; a reader that is slow must be one.
  const sent = request(new URL(path, url), { headers, agent: false }, resolve).once('error', reject).end();
  const answer = await answered;
  const ended = new Promise<void>((done) => answer.once('close', done));
  answer.on('error', () => undefined);
  let text = '';
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const whole = text.split('\n\n');
    text = whole.pop() ?? '';
    frames.push(...whole.map(frameOf).filter((frame) => frame.data !== ''));
  });
  const leave = async () => {
    sent.destroy();
    await ended;
  };
  onTestFinished(leave);
  const events = (): ActivityEvent[] =>
    frames.filter(({ event }) => event === undefined).map(({ data }) => JSON.parse(data));
  const named = <Data>(name: string): Data[] =>
    frames.filter(({ event }) => event === name).map(({ data }) => JSON.parse(data));
  return {
    status: answer.statusCode,
    headers: answer.headers,
    frames,
    events,
    snapshots: () => named<Snapshot>('snapshot'),
    lost: () => named<Lost>('lost'),
    /** Reads no more, until it is told to go on. */
    pause: () => answer.pause(),
    goOn: () => answer.resume(),
    leave,
    /** Resolves when the endpoint has ended the stream. */
    ended,
    /** Resolves with the first event that has some members; a test that waits in vain shows what there was. */
    saw: (expected: object): Promise<ActivityEvent> =>
      vi.waitFor(
        () => {
          const found = events().find((event) => matches(event, expected));
          if (!found) {
            expect(events()).toContainEqual(expect.objectContaining(expected));
          }
          return found as ActivityEvent;
        },
        { timeout: 15_000, interval: 20 },
      ),
  };
}

export const matches = (event: object, expected: object): boolean => {
  try {
    expect(event).toMatchObject(expected);
    return true;
  } catch {
    return false;
  }
};

const frameOf = (text: string): Frame => {
  const fields = text.split('\n').map((line) => {
    const at = line.indexOf(': ');
    return [line.slice(0, at), line.slice(at + 2)];
  });
  return { data: '', ...Object.fromEntries(fields) };
};
