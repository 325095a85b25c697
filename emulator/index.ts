import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createGateway } from './gateway.ts';
import { createHealth } from './health.ts';
import { createRegions } from './regions.ts';

export interface EmulatorOptions {
  /** The loopback port to listen on; 0 for any that is free. @default 4566 */
  readonly port?: number;
}

/** A running embedded AWS. */
export interface Emulator {
  /** Its endpoint URL, for `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** Ends every function's process, every port and every timer, and removes what was unpacked. */
  close(): Promise<void>;
}

/** Starts an embedded AWS on 127.0.0.1. It holds everything in memory. Fails with `EADDRINUSE` where the port is taken. */
export async function startEmulator({ port = 4566 }: EmulatorOptions = {}): Promise<Emulator> {
  const regions = createRegions(() => url);
  const health = createHealth(() => regions.names());
  const gateway = createGateway({
    services: regions.services,
    pages: [health.page, ...regions.pages],
    onCall: health.count,
  });
  gateway.listen(port, '127.0.0.1');
  await once(gateway, 'listening');
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  return {
    url,
    close: async () => {
      const closed = once(gateway, 'close');
      gateway.close();
      await regions.close();
      gateway.closeAllConnections();
      await closed;
    },
  };
}
