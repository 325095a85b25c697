import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAwsChunked } from './aws-chunked.ts';

const signature = 'ab'.repeat(32);
const payloadOf = (body: string | Buffer): string =>
  Buffer.concat(parseAwsChunked(Buffer.from(body)).chunks.map(({ data }) => data)).toString('latin1');

test.each([
  { name: 'one chunk', body: '5\r\nhello\r\n0\r\n\r\n', payload: 'hello' },
  {
    name: 'a signed chunk',
    body: `5;chunk-signature=${signature}\r\nhello\r\n0;chunk-signature=${signature}\r\n\r\n`,
    payload: 'hello',
  },
  { name: 'a trailer', body: '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', payload: 'hello' },
  { name: 'a trailer with a line end of its own', body: '5\r\nhello\r\n0\r\na:b\n\r\n\r\n', payload: 'hello' },
  { name: 'nothing', body: '0\r\n\r\n', payload: '' },
  { name: 'a line end in the data', body: '4\r\na\r\nb\r\n0\r\n\r\n', payload: 'a\r\nb' },
])('takes the payload out of $name', ({ body, payload }) => {
  expect(payloadOf(body)).toBe(payload);
});

test.each([
  { name: 'a chunk that is cut off', body: '5\r\nhel' },
  { name: 'no size', body: 'hello\r\n' },
  { name: 'no last chunk', body: '5\r\nhello\r\n' },
  { name: 'no end behind the last chunk', body: '5\r\nhello\r\n0\r\n' },
  { name: 'an empty body', body: '' },
  { name: 'a negative size', body: '-6\r\n' },
  { name: 'a size with a sign', body: '+5\r\nhello\r\n0\r\n\r\n' },
  { name: 'a size with a prefix', body: '0x5\r\nhello\r\n0\r\n\r\n' },
  { name: 'a size with a space', body: ' 5\r\nhello\r\n0\r\n\r\n' },
  { name: 'a size that is no number at its end', body: '5g\r\nhello\r\n0\r\n\r\n' },
  { name: 'a size beyond all bodies', body: `${'f'.repeat(40)}\r\nhello\r\n0\r\n\r\n` },
  { name: 'a size larger than what is there', body: 'ffffffff\r\nhello\r\n0\r\n\r\n' },
  { name: 'data longer than its size', body: '4\r\nhello\r\n0\r\n\r\n' },
  { name: 'another extension', body: '5;name=value\r\nhello\r\n0\r\n\r\n' },
  { name: 'a trailer without a name', body: '0\r\n:value\r\n\r\n' },
  { name: 'a trailer with a control character', body: '0\r\na:b\x00c\r\n\r\n' },
  { name: 'trailers without an end', body: `0\r\n${'a:b\r\n'.repeat(40)}\r\n` },
  { name: 'something behind the end', body: '0\r\n\r\n0\r\n\r\n' },
  { name: 'a line without an end', body: '5'.repeat(100_000) },
])('refuses $name', ({ body }) => {
  expect(() => parseAwsChunked(Buffer.from(body))).toThrow('not complete aws-chunked data');
});

test('refuses chunks that are smaller than S3 takes them', () => {
  const chunk = `1\r\na\r\n`;
  expect(() => parseAwsChunked(Buffer.from(`${chunk.repeat(2)}0\r\n\r\n`))).toThrow('less than 8192 bytes');
});

test('gives back what was framed, however it was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 8192, max: 20_000 }), { maxLength: 4 }), fc.uint8Array(), (sizes, last) => {
      const chunks = [...sizes.map((size, i) => Buffer.alloc(size, i)), ...(last.length ? [Buffer.from(last)] : [])];
      const framed = chunks.flatMap((chunk) => [
        Buffer.from(`${chunk.length.toString(16)}\r\n`),
        chunk,
        Buffer.from('\r\n'),
      ]);
      expect(payloadOf(Buffer.concat([...framed, Buffer.from('0\r\n\r\n')]))).toBe(
        Buffer.concat(chunks).toString('latin1'),
      );
    }),
  );
});
