import { once } from 'node:events';
import { type ClientRequestArgs, type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { S3 } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { onTestFinished } from 'vitest';
import { startEmulator } from './index.ts';
import { Sha256 } from './wire/sha256.fixture.ts';

/** A key whose secret the endpoint is started with. */
export const known = { accessKeyId: 'known', secretAccessKey: 'secret' };
export const region = 'eu-west-1';

/** An endpoint with its fault port, and what it takes to knock at it in the ways of clients. */
export async function start() {
  const emulator = await startEmulator({ port: 0, faults: true, accessKeys: { known: 'secret' } });
  onTestFinished(() => emulator.close());
  const { host, port, hostname } = new URL(emulator.url);
  const configuration = { endpoint: emulator.url, region: region, maxAttempts: 1 };
  const s3 = new S3({ ...configuration, credentials: known, forcePathStyle: true });
  onTestFinished(() => s3.destroy());

  /** Sends a request as it is, and answers what came back. */
  const send = async (options: ClientRequestArgs & { readonly body?: string | Buffer }) => {
    const sent = request({ host: hostname, port, ...options, agent: false }).end(options.body);
    const [answered] = await once(sent, 'response');
    return {
      status: answered.statusCode as number,
      headers: answered.headers as IncomingHttpHeaders,
      body: await text(answered),
    };
  };
  /** A presigned request for an object. */
  const presign = async (
    path: string,
    { method = 'GET', expiresIn = 60, at = new Date(), credentials = known, service = 's3' } = {},
  ) => {
    const signer = new SignatureV4({ service, region: region, credentials, sha256: Sha256, uriEscapePath: false });
    const [pathname = '', search = ''] = path.split('?');
    const query = Object.fromEntries(new URLSearchParams(search));
    const headers = { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const signed = await signer.presign(
      { method, protocol: 'http:', hostname, port: Number(port), path: pathname, query, headers },
      { expiresIn, signingDate: at },
    );
    return `${pathname}?${new URLSearchParams(signed.query as Record<string, string>)}`;
  };
  return { emulator, configuration, s3, send, presign, host };
}
