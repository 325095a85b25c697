import { expect, test, vi } from 'vitest';
import { OutputReader } from './output-reader.ts';

const outputLines = [
  'a line\n',
  'half a line',
  '\x1etoken log 22\nzwei Zeilen,\nwei\u{df}t du\n',
  '\n',
  '\x1eother log 3\n',
  '\x1etoken log 0\n\n',
  '\x1etoken end 4-2 1024\n',
  'after',
].join('');

const expected = [
  'a line',
  'half a line',
  'zwei Zeilen,\nwei\u{df}t du',
  '',
  '\x1eother log 3',
  '',
  'end 4-2 1024',
  'after',
];

function read(chunks: readonly Buffer[]): string[] {
  const events: string[] = [];
  const reader = new OutputReader('token', {
    message: (text) => events.push(text),
    end: (requestId, memory) => events.push(`end ${requestId} ${memory}`),
  });
  for (const chunk of chunks) {
    reader.push(chunk);
  }
  reader.finish();
  return events;
}

test('takes frames and lines apart', () => {
  expect(read([Buffer.from(outputLines)])).toEqual(expected);
});

test('wherever the output is cut', () => {
  const bytes = Buffer.from(outputLines);
  for (let at = 0; at <= bytes.length; at++) {
    expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected);
  }
  expect(read([...bytes].map((byte) => Buffer.from([byte])))).toEqual(expected);
});

const eventLimit = 1_048_549;
const mb = 1024 * 1024;

/** The sizes of the events in bytes. */
const sizes = (events: readonly string[]) => events.map((event) => Buffer.byteLength(event));

test.each([
  ['a line', `${'x'.repeat(3 * mb)}\n`],
  ['a line that never ends', 'x'.repeat(3 * mb)],
  ['a message', `\x1etoken log ${3 * mb}\n${'x'.repeat(3 * mb)}\n`],
])('%s that is longer than a log event is several', (_what, output) => {
  const events = read(chunksOf(Buffer.from(output), 65_536));
  expect(events.join('')).toBe('x'.repeat(3 * mb));
  expect(Math.max(...sizes(events))).toBeLessThanOrEqual(eventLimit);
  expect(events.length).toBeLessThan(5);
});

test('what follows such a line is read as ever, wherever the line ends', () => {
  for (let length = eventLimit - 600; length < eventLimit + 100; length += 7) {
    const events = read(chunksOf(Buffer.from(`${'x'.repeat(length)}\x1etoken end 1 2\n`), 60_000));
    expect(events.at(-1)).toBe('end 1 2');
    expect(events.slice(0, -1).join('')).toHaveLength(length);
  }
});

test('no character is cut', () => {
  const text = `a${'\u{1f36a}'.repeat(mb)}`;
  expect(read(chunksOf(Buffer.from(`${text}\n`), 65_536)).join('')).toBe(text);
  const bytes = Buffer.byteLength(text);
  expect(read(chunksOf(Buffer.from(`\x1etoken log ${bytes}\n${text}\n`), 65_536)).join('')).toBe(text);
});

test('each byte is looked at once: a line of four times the length is copied four times as much', () => {
  const chunk = Buffer.alloc(65_536, 'x');
  const copied = (megabytes: number) => {
    const concat = vi.spyOn(Buffer, 'concat');
    read(Array.from({ length: megabytes * 16 }, () => chunk));
    const bytes = concat.mock.results.reduce((sum, { value }) => sum + (value as Buffer).byteLength, 0);
    concat.mockRestore();
    return bytes;
  };
  expect(copied(128)).toBeGreaterThan(0);
  expect(copied(128) / copied(32)).toBeLessThan(5);
});

function chunksOf(output: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(output.length / size) }, (_, i) => output.subarray(i * size, (i + 1) * size));
}
