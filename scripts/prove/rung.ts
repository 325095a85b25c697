import { fetchFrom } from '../../workshop/endpoint/http-request.ts';
import type { Ability } from '../../workshop/proof/experiment.ts';
import { endpointUrl } from '../aws-environment.ts';
import { UserError } from '../command-line.ts';
import { type Endpoint, findEndpoint, startEmbedded } from '../endpoint.ts';

/** Where a proof runs, and what can be done there. */
export interface Rung {
  readonly url: string;
  /** What answers there, for a person to read. */
  readonly kind: string;
  readonly abilities: ReadonlySet<Ability>;
  /** Ends an endpoint that was started for the proof; leaves another alone. */
  close(): Promise<void>;
}

/** The endpoint in `AWS_ENDPOINT_URL`, or one on the default port; else undefined. One that is named must answer. */
export async function servingEndpoint(): Promise<Endpoint | undefined> {
  const found = await findEndpoint();
  if (!found && process.env['AWS_ENDPOINT_URL']) {
    throw new UserError(
      `Nothing answers at ${endpointUrl()} (AWS_ENDPOINT_URL). Start it, or unset the variable: then each proof starts an endpoint of its own.`,
    );
  }
  return found;
}

/** The endpoint that serves already; where there is none, a fresh embedded one with a fault port, for one proof. */
export async function openRung(): Promise<Rung> {
  const found = await servingEndpoint();
  if (found) return { url: found.url, kind: found.kind, abilities: await abilitiesAt(found.url), close: found.close };
  const emulator = await startEmbedded({ port: 0, faults: true });
  const abilities = new Set<Ability>(['faults', 'reserved concurrency', 'loopback']);
  return { url: emulator.url, kind: 'an embedded AWS of its own', abilities, close: () => emulator.close() };
}

async function abilitiesAt(url: string): Promise<ReadonlySet<Ability>> {
  // An account that is not on this machine may be a new one, which cannot reserve concurrency.
  const abilities = new Set<Ability>(isLoopback(url) ? ['loopback', 'reserved concurrency'] : []);
  if (await hasFaultPort(url)) abilities.add('faults');
  return abilities;
}

/** Whoever has a fault port lists its faults; others do not know the path. */
async function hasFaultPort(url: string): Promise<boolean> {
  const response = await fetchFrom(new URL('/_emulator/faults/calls', url));
  await response.arrayBuffer();
  return response.ok;
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
