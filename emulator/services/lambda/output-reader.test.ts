import { expect, test } from 'vitest';
import { OutputReader } from './output-reader.ts';

const OUTPUT = [
  'a line\n',
  'half a line',
  '\x1etoken log 22\nzwei Zeilen,\nwei\u{df}t du\n',
  '\n',
  '\x1eother log 3\n',
  '\x1etoken log 0\n\n',
  '\x1etoken end 4-2 1024\n',
  'after',
].join('');

const EXPECTED = [
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
  for (const chunk of chunks) reader.push(chunk);
  reader.finish();
  return events;
}

test('takes frames and lines apart', () => {
  expect(read([Buffer.from(OUTPUT)])).toEqual(EXPECTED);
});

test('wherever the output is cut', () => {
  const bytes = Buffer.from(OUTPUT);
  for (let at = 0; at <= bytes.length; at++)
    expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(EXPECTED);
  expect(read([...bytes].map((byte) => Buffer.from([byte])))).toEqual(EXPECTED);
});
