import { crc32 } from 'node:zlib';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, test } from 'vitest';
import { known, region, start } from './authentication.fixture.ts';
import { chunkSignature, signingKey, trailerSignature } from './wire/authentication/signature.ts';
import { Sha256 } from './wire/sha256.fixture.ts';

describe('chunks that are signed', () => {
  const scope = () => ({
    date: new Date().toISOString().slice(0, 10).replaceAll('-', ''),
    region: region,
    service: 's3',
  });

  async function putChunks({ change = (body: string) => body, trailer = false } = {}) {
    const { s3, send, host } = await start();
    await s3.createBucket({ Bucket: 'cookies' });
    const declared = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer ? '-TRAILER' : ''}`;
    const signer = new SignatureV4({
      service: 's3',
      region: region,
      credentials: known,
      sha256: Sha256,
      uriEscapePath: false,
    });
    const to = { method: 'PUT', protocol: 'http:', hostname: '127.0.0.1', path: '/cookies/k', query: {} };
    const chunks = ['a'.repeat(8192), 'b', ''];
    const { headers } = await signer.sign({
      ...to,
      headers: {
        ...{ host, 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '8193' },
        ...{ 'x-amz-content-sha256': declared, ...(trailer && { 'x-amz-trailer': 'x-amz-checksum-crc32' }) },
      },
    });
    const context = {
      scope: scope(),
      time: headers['x-amz-date'] ?? '',
      key: signingKey(known.secretAccessKey, scope()),
    };
    let previous = /Signature=(\w+)/.exec(headers['authorization'] ?? '')?.[1] ?? '';
    const framed = chunks.map((data) => {
      previous = chunkSignature(context, previous, Buffer.from(data));
      return `${data.length.toString(16)};chunk-signature=${previous}\r\n${data}${data ? '\r\n' : ''}`;
    });
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(chunks.join('')));
    const line = `x-amz-checksum-crc32:${sum.toString('base64')}\n`;
    const signature = trailerSignature(context, previous, line);
    const trailers = trailer ? `${line}\r\nx-amz-trailer-signature:${signature}\r\n` : '';
    const body = change(`${framed.join('')}${trailers}\r\n`);
    const answered = await send({ ...to, headers, body });
    return { ...answered, code: /<Code>(\w+)</.exec(answered.body)?.[1], s3 };
  }

  test.each([false, true])('are put together, trailers: %s', async (trailer) => {
    const { status, s3 } = await putChunks({ trailer });
    expect(status).toBe(200);
    const got = await s3.getObject({ Bucket: 'cookies', Key: 'k', ChecksumMode: 'ENABLED' });
    expect((await got.Body?.transformToString())?.length).toBe(8193);
    expect(got.ChecksumCRC32).toEqual(trailer ? expect.any(String) : undefined);
  });

  test.each([
    { what: 'other data', change: (body: string) => body.replace('\r\nb', '\r\nc'), code: 'SignatureDoesNotMatch' },
    {
      what: 'no signature',
      change: (body: string) => body.replaceAll(/;chunk-signature=\w+/g, ''),
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'no last signature',
      change: (body: string) => body.replace(/\r\n0;chunk-signature=\w+/, '\r\n0'),
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'a chunk less',
      change: (body: string) => body.replace(/1;chunk-signature=\w+\r\nb\r\n/, ''),
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'another trailer',
      change: (body: string) => body.replace(/crc32:.{4}/, 'crc32:AAAA'),
      trailer: true,
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'no trailer where one was announced',
      change: (body: string) => body.replace(/x-amz-checksum-crc32:.*\n\r\nx-amz-trailer-signature:\w+\r\n/, ''),
      trailer: true,
      code: 'SignatureDoesNotMatch',
    },
    {
      what: 'a trailer without a signature',
      change: (body: string) => body.replace(/x-amz-trailer-signature:\w+\r\n/, ''),
      trailer: true,
      code: 'SignatureDoesNotMatch',
    },
    { what: 'no end', change: (body: string) => body.slice(0, -2), code: 'IncompleteBody' },
  ])('with $what are refused', async ({ change, trailer = false, code }) => {
    expect(await putChunks({ change, trailer })).toMatchObject({ code });
  });
});
