import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readChunks, readUpTo } from './read-chunks.ts';

test('a body is read to its end', async () => {
  const body = Readable.from([Buffer.from('ab'), Buffer.from('cd')]);
  expect(await readUpTo(10, body)).toEqual({ body: Buffer.from('abcd'), bytes: 4 });
  expect(await readUpTo(10, body)).toEqual({ body: Buffer.alloc(0), bytes: 0 });
});

test('no more than the limit is kept, and all is counted', async () => {
  const body = Readable.from([Buffer.from('ab'), Buffer.from('cd')]);
  expect(await readUpTo(3, body)).toEqual({ body: Buffer.from('ab'), bytes: 4 });
});

test('what is not wanted any more stays unread, and the stream open', async () => {
  const stream = new PassThrough();
  stream.write('ab');
  stream.write('cd');
  await readChunks(stream, () => false);
  expect(stream.destroyed).toBe(false);
  stream.end();
  expect(await readUpTo(10, stream)).toMatchObject({ body: Buffer.from('cd') });
});

test('a stream that broke off, before or while it is read, is an error', async () => {
  const broken = new PassThrough().on('error', () => undefined).destroy(new Error('reset'));
  await expect(readUpTo(10, broken)).rejects.toThrow('reset');
  const closing = new PassThrough();
  const read = readUpTo(10, closing);
  closing.write('ab');
  closing.destroy();
  await expect(read).rejects.toThrow('broke off');
  await expect(readUpTo(10, closing)).rejects.toThrow('broke off');
});
