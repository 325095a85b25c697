import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createEventStream } from './event-stream.ts';
import { createGateway, type Page } from './gateway.ts';
import { createHealth } from './health.ts';
import { liveView } from './live-view.ts';
import { accountId, createRegions } from './regions.ts';
import { sweepEndpointDirectories } from './services/lambda/environment/endpoint-directory.ts';
import { Activity } from './wire/activity/activity.ts';
import { activityVersion } from './wire/activity/event.ts';
import { AccessKeys } from './wire/authentication/access-keys.ts';

export { guardProcess } from './process-guard.ts';
export type { ActivityEvent, Lost, Snapshot } from './wire/activity/event.ts';

export interface EmulatorOptions {
  /** The loopback port to listen on; 0 for any that is free. @default 4566 */
  readonly port?: number;
  /** Whether to open the fault port, by which programs on this machine can break things; see FAULTS.md. @default true */
  readonly faults?: boolean;
  /** Secrets by access key, whose signatures are verified. Keys that the endpoint issues are known without that. @default - `test` with the secret `test` alone */
  readonly accessKeys?: Readonly<Record<string, string>>;
  /** Host names, beside those of the loopback interface, by which clients may reach it, such as `host.docker.internal`. @default none */
  readonly hosts?: readonly string[];
}

/** A running embedded AWS. */
export interface Emulator {
  /** Its endpoint URL, for `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** Ends every function's process, every port and every timer, and removes what was unpacked. */
  close(): Promise<void>;
}

/** Starts an embedded AWS on 127.0.0.1. It holds everything in memory, and removes what one that was killed has left on disk. Fails with `EADDRINUSE` where the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 4566, faults = true, hosts = [] } = options;
  const accessKeys = new AccessKeys(accountId, { test: 'test', ...options.accessKeys });
  const activity = new Activity();
  const regions = createRegions(() => url, accessKeys, activity);
  const health = createHealth(regions);
  // Imported late: what it needs to check its requests would make every other start slower.
  const faultPort = faults ? (await import('./faults.ts')).createFaults(regions.all, activity) : undefined;
  const eventStream = createEventStream(activity, () => ({
    version: activityVersion,
    time: Date.now(),
    regions: regions.all().map((region) => region.state()),
  }));
  const gateway = createGateway({
    services: regions.services,
    accessKeys,
    hosts,
    pages: [
      health.page,
      ...eventStream.pages,
      ...liveView,
      ...regions.pages,
      ...(faultPort ? [faultPort.page] : []),
      unknownPage,
    ],
    onCall: health.count,
    ...(faultPort && { beforeCall: faultPort.beforeCall }),
  });
  gateway.listen(port, '127.0.0.1');
  await once(gateway, 'listening');
  // Nobody waits for it.
  void sweepEndpointDirectories();
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  return {
    url,
    close: async () => {
      const closed = once(gateway, 'close');
      // It serves until they are gone: an execution environment that is told to end may have a last word to say.
      await regions.close();
      eventStream.close();
      gateway.close();
      gateway.closeAllConnections();
      await closed;
    },
  };
}

/** What is under the endpoint's own path and is no page of it. */
const unknownPage: Page = {
  path: '/_emulator/',
  answer: ({ path }) => ({
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: `There is no ${path}.` }),
  }),
};
