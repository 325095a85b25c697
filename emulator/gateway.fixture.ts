import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createGateway, type GatewayOptions } from './gateway.ts';
import { AccessKeys } from './wire/authentication/access-keys.ts';
import type { Service } from './wire/service.ts';

const signed = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test-factory', secretAccessKey: 'x' },
  maxAttempts: 1,
};

/** Services behind a real port until the test ends, and what an SDK client needs to reach them. */
export async function serve(services: readonly Service[], options: Partial<GatewayOptions> = {}) {
  const found = new Map(services.map((service) => [service.model.signingName, service]));
  const gateway = createGateway({
    services: async () => found,
    accessKeys: new AccessKeys('000000000000', { 'test-factory': 'x' }),
    pages: [],
    ...options,
  });
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  onTestFinished(async () => {
    const closed = once(gateway, 'close');
    gateway.close();
    gateway.closeAllConnections();
    await closed;
  });
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  return { url, configuration: { endpoint: url, ...signed } };
}

/** The header by which a hand-made request counts as signed for a service: its key is not known, so nothing is verified. */
export const authorization = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=by-hand/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=x`;
