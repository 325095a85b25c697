import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createEventStream } from './event-stream.ts';
import { faultPort } from './fault-port.ts';
import { createGateway, type Page } from './gateway.ts';
import { createHealth } from './health.ts';
import { liveView } from './live-view.ts';
import { isRegion } from './region-name.ts';
import { createRegions } from './regions.ts';
import { sweepEndpointDirectories } from './services/lambda/environment/process/endpoint-directory.ts';
import { Activity } from './wire/activity/activity.ts';
import { activityVersion } from './wire/activity/event.ts';
import { AccessKeys } from './wire/authentication/access-keys.ts';

export { guardProcess } from './process-guard.ts';
export type { ActivityEvent, Lost, Snapshot } from './wire/activity/event.ts';

export interface EmulatorOptions {
  /** The loopback port to listen on; 0 for any that is free. @default 4566 */
  readonly port?: number;
  /** The account that everything belongs to: 12 digits. @default '000000000000', which is LocalStack's too */
  readonly accountId?: string;
  /** The region that {@link Emulator.environment} names. All regions of AWS are served. @default 'us-east-1' */
  readonly region?: string;
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
  readonly accountId: string;
  /** What SDKs, the CDK CLI and the AWS CLI read from their environment: endpoint, region and the keys `test`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends every function's process, every port and every timer, and removes what was unpacked. */
  close(): Promise<void>;
}

/** The same as LocalStack's, so that an assembly synthesised for one deploys to the other. */
const localAccount = '000000000000';

/** Starts an embedded AWS on 127.0.0.1. It holds everything in memory, and removes what one that was killed has left on disk. Fails with `EADDRINUSE` where the port is taken, and with a `TypeError` for an account or a region that is none. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 4566, accountId = localAccount, region = 'us-east-1', faults = true, hosts = [] } = options;
  if (!/^\d{12}$/.test(accountId)) {
    throw new TypeError(`accountId is 12 digits, not ${JSON.stringify(accountId)}.`);
  }
  if (!isRegion(region)) {
    throw new TypeError(`region is the name of a region of AWS, not ${JSON.stringify(region)}.`);
  }
  const accessKeys = new AccessKeys(accountId, { test: 'test', ...options.accessKeys });
  const activity = new Activity();
  const regions = createRegions(accountId, () => url, accessKeys, activity);
  const health = createHealth(regions);
  const breaking = faults ? faultPort(regions.all, activity) : undefined;
  const eventStream = createEventStream(activity, () => ({
    version: activityVersion,
    time: Date.now(),
    regions: regions.all().map((region) => region.state()),
  }));
  const gateway = createGateway({
    services: regions.services,
    accessKeys,
    hosts,
    crossOrigin: regions.crossOrigin,
    pages: [
      health.page,
      ...eventStream.pages,
      ...liveView,
      ...regions.pages,
      ...(breaking ? [breaking.page] : []),
      unknownPage,
    ],
    onCall: health.count,
    ...(breaking && { beforeCall: breaking.beforeCall }),
  });
  gateway.listen(port, '127.0.0.1');
  await once(gateway, 'listening');
  // There is no caller that waits for it.
  void sweepEndpointDirectories();
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  return {
    url,
    accountId,
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: options.accessKeys?.['test'] ?? 'test',
    },
    close: async () => {
      const closed = once(gateway, 'close');
      // It serves until they are gone: an execution environment that has to end may have a last word to say.
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
