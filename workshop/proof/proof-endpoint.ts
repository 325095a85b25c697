import { isLoopbackHost } from '../../client/endpoint/aws-hosts.ts';
import { namedEndpoint, startEmbedded } from '../../client/endpoint/endpoint.ts';
import { fetchFrom } from '../../client/endpoint/http-request.ts';
import { recognise } from '../../client/endpoint/recognise.ts';
import type { EndpointCapability } from '../experiment/experiment.ts';

/** Where a proof runs, and what can be done there. */
export interface ProofEndpoint {
  readonly url: string;
  /** What answers there, for a person to read. */
  readonly kind: string;
  readonly capabilities: ReadonlySet<EndpointCapability>;
  /** Ends an endpoint that was started for the proof; leaves another alone. */
  close(): Promise<void>;
}

/** What an endpoint is called that has no name. */
export const ownEndpoint = 'an embedded AWS of its own';

/**
 * The endpoint in `AWS_ENDPOINT_URL`; where it names none, a fresh embedded one on a free port, for one proof. What serves on
 * the default port is not used.
 */
export async function openProofEndpoint(): Promise<ProofEndpoint> {
  const found = await namedEndpoint();
  if (found) {
    return { url: found.url, kind: found.kind, capabilities: await capabilitiesAt(found.url), close: found.close };
  }
  const emulator = await startEmbedded({ port: 0 });
  const capabilities = new Set<EndpointCapability>(['faults', 'reserved concurrency', 'loopback']);
  return { url: emulator.url, kind: ownEndpoint, capabilities, close: () => emulator.close() };
}

async function capabilitiesAt(url: string): Promise<ReadonlySet<EndpointCapability>> {
  // An account that is not on this machine may be a new one, which cannot reserve concurrency. An endpoint that we know has
  // no account of anybody, also where it is a service in a network of containers.
  const { hostname, origin } = new URL(url);
  const isHere = isLoopbackHost(hostname) || (await recognise(origin)).is === 'endpoint';
  const capabilities = new Set<EndpointCapability>(isHere ? ['loopback', 'reserved concurrency'] : []);
  if (await hasFaultPort(url)) {
    capabilities.add('faults');
  }
  return capabilities;
}

/** An endpoint with a fault port lists its faults; others do not know the path, or know it for something else. */
export async function hasFaultPort(url: string): Promise<boolean> {
  const response = await fetchFrom(new URL('/_emulator/faults/calls', url), {}, url);
  const listed: unknown = await response.json().catch(() => undefined);
  return response.ok && typeof listed === 'object' && listed !== null && 'faults' in listed;
}
