import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeAwsChunked } from './aws-chunked.ts';

test.each([
  { name: 'one chunk', body: '5\r\nhello\r\n0\r\n\r\n', payload: 'hello' },
  {
    name: 'signed chunks',
    body: '2;chunk-signature=ab\r\nhe\r\n3;chunk-signature=cd\r\nllo\r\n0;chunk-signature=ef\r\n\r\n',
    payload: 'hello',
  },
  { name: 'a trailer', body: '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', payload: 'hello' },
  { name: 'nothing', body: '0\r\n\r\n', payload: '' },
  { name: 'a line end in the data', body: '4\r\na\r\nb\r\n0\r\n\r\n', payload: 'a\r\nb' },
])('takes the payload out of $name', ({ body, payload }) => {
  expect(decodeAwsChunked(Buffer.from(body)).toString()).toBe(payload);
});

test.each([
  { name: 'a chunk that is cut off', body: '5\r\nhel' },
  { name: 'no size', body: 'hello\r\n' },
  { name: 'no last chunk', body: '5\r\nhello\r\n' },
  { name: 'an empty body', body: '' },
])('refuses $name', ({ body }) => {
  expect(() => decodeAwsChunked(Buffer.from(body))).toThrow('not complete aws-chunked data');
});

test('gives back what was framed, however it was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 })), (chunks) => {
      const framed = chunks.map((chunk) =>
        Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
      );
      expect(decodeAwsChunked(Buffer.concat([...framed, Buffer.from('0\r\n\r\n')]))).toEqual(Buffer.concat(chunks));
    }),
  );
});
