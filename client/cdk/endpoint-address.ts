import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/**
 * An environment with the endpoint by its address, where it has a name, such as that of a service in a network of containers.
 *
 * By a name the CLI asks for `http://BUCKET.NAME`, which no such network knows; by an address it asks for
 * `http://ADDRESS/BUCKET` (Amazon S3 User Guide, "Virtual hosting of general purpose buckets"). With TLS the name stays, as
 * the certificate is for it.
 */
export async function withEndpointAddress(environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const { AWS_ENDPOINT_URL: endpoint = '' } = environment;
  if (!URL.canParse(endpoint)) {
    return environment;
  }
  const url = new URL(endpoint);
  if (url.protocol !== 'http:' || isIP(url.hostname.replace(/^\[|\]$/g, ''))) {
    return environment;
  }
  const found = await addressOf(url.hostname);
  if (!found) {
    return environment;
  }
  url.hostname = found.family === 6 ? `[${found.address}]` : found.address;
  return { ...environment, AWS_ENDPOINT_URL: url.origin };
}

/** Of two kinds of addresses that of IPv4, at which an endpoint is more likely to serve. Whoever connects says why there is none. */
async function addressOf(name: string) {
  const addresses = await lookup(name, { all: true }).catch(() => []);
  return addresses.find(({ family }) => family === 4) ?? addresses[0];
}
