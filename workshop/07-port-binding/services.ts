import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { deployedEnvironment } from '../../client/factory/function-environment.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { type ServerProcess, startServer } from '../servers/start-server.ts';

/** Where the shop and its numbers are deployed; in one place, where they were not taken apart. */
export interface Services {
  readonly shop: { readonly url: string; readonly functionName: string };
  readonly numbers: { readonly url: string; readonly functionName: string };
}

export function servicesOf(snapshot: SnapshotUnderTest): Services {
  const { OrderingUrl = '', OrderingFunction = '', ...others } = snapshot.outputs();
  return {
    shop: { url: OrderingUrl, functionName: OrderingFunction },
    numbers: {
      url: others['MetricsUrl'] ?? OrderingUrl,
      functionName: others['MetricsFunction'] ?? OrderingFunction,
    },
  };
}

/** What the snapshot's services answer as servers. */
export interface PortsSeen {
  /** Ports that answer `GET /recipes`. */
  readonly shop: readonly string[];
  /** Ports that answer `GET /metrics`. */
  readonly numbers: readonly string[];
}

/** Starts each HTTP service of the snapshot as a server of its own, and knocks at every port for everything. */
export async function knockAtPorts(snapshot: SnapshotUnderTest, { shop, numbers }: Services): Promise<PortsSeen> {
  const { folder, clients, signal } = snapshot;
  const roots = [
    { root: join(folder, 'ordering.ts'), ...shop },
    { root: join(folder, 'metrics.ts'), ...numbers },
  ].filter(({ root }) => existsSync(root));
  const lambda = new LambdaClient(clients);
  const servers: ServerProcess[] = [];
  try {
    const starting = roots.map(async ({ root, functionName }) => {
      const environment = await deployedEnvironment(functionName, lambda, clients);
      servers.push(await startServer({ root, environment, signal }));
    });
    // All of them, so that each that started is known, and can be closed.
    await Promise.allSettled(starting);
    await Promise.all(starting);
    const urls = servers.map(({ url }) => url);
    return { shop: await answering(urls, '/recipes', signal), numbers: await answering(urls, '/metrics', signal) };
  } finally {
    await Promise.all(servers.map((server) => server.close()));
    lambda.destroy();
  }
}

async function answering(urls: readonly string[], path: string, signal: AbortSignal): Promise<string[]> {
  const asked = urls.map(async (url) => ({ url, status: await statusOf(url, path, signal) }));
  return (await Promise.all(asked)).flatMap(({ url, status }) => (status === '200' ? [new URL(url).port] : []));
}

/** Milliseconds that an answer may take: a handler that never ends must not keep a proof. */
const answeredWithin = 10_000;

/** The status with which a path is answered, such as `200`; `no answer` where there is none in time. */
export async function statusOf(url: string, path: string, signal: AbortSignal): Promise<string> {
  const late = AbortSignal.timeout(answeredWithin);
  try {
    const response = await fetchFrom(new URL(path, url), { signal: AbortSignal.any([signal, late]) });
    await response.arrayBuffer();
    return String(response.status);
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) {
      return 'no answer';
    }
    throw error;
  }
}
