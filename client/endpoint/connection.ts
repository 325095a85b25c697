import { isAwsHost, isLoopbackHost } from './aws-hosts.ts';

/** Says that the endpoint is AWS itself, which nothing but a caller's own word may mean. */
export const aws = Symbol('AWS itself');

/** The URL of the endpoint in use, or AWS itself. Undefined where each function has a loopback port of its own. */
export type EndpointInUse = string | typeof aws | undefined;

/** Where to connect for a URL, and what to ask for there. */
export interface Connection {
  readonly protocol: 'http:' | 'https:';
  /** A name or an address, of IPv6 too without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** The `Host` header, by which an endpoint knows which function is meant. */
  readonly host: string;
}

/** A request that would leave the endpoint for AWS. */
export class LeadsToAws extends Error {
  override readonly name = 'LeadsToAws';
}

/**
 * Where to connect for a function URL (AWS Lambda Developer Guide, "Creating and managing Lambda function URLs").
 *
 * A loopback URL leads where it says. Any other name is given to the endpoint: it serves its functions by their `Host`
 * header, and the name need not resolve here (`*.localhost.localstack.cloud`), or resolves to AWS (`*.on.aws`).
 *
 * @throws LeadsToAws for a host of AWS where the endpoint is not AWS, before its name is looked up
 */
export function connectionTo(url: string | URL, endpoint: EndpointInUse = endpointOfEnvironment()): Connection {
  const asked = new URL(url);
  if (endpoint === aws || isLoopbackHost(asked.hostname)) {
    return directly(asked);
  }
  if (endpoint === undefined) {
    if (isAwsHost(asked.hostname)) {
      throw new LeadsToAws(`${asked.host} belongs to AWS, and no endpoint is named.`);
    }
    return directly(asked);
  }
  const through = new URL(endpoint);
  if (isAwsHost(through.hostname)) {
    throw new LeadsToAws(`${through.host} (AWS_ENDPOINT_URL) belongs to AWS itself, and is no local endpoint.`);
  }
  return { ...directly(through), host: asked.host };
}

/** The endpoint that the AWS SDKs use in this process, too. */
function endpointOfEnvironment(): string | undefined {
  return process.env['AWS_ENDPOINT_URL'] || undefined;
}

function directly({ protocol, hostname, port, host }: URL): Connection {
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new TypeError(`${protocol}// is not HTTP.`);
  }
  return {
    protocol,
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    host,
  };
}
