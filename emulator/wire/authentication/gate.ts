import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/**
 * Why a request is not let in; undefined where it is. A browser reaches every port of its machine, for whichever page it
 * shows: an endpoint that runs code must not serve a page of another site, nor a site whose name was made to lead here
 * (DNS rebinding).
 * @param hosts names beside those of the loopback interface by which the endpoint may be reached
 * @param mayCrossOrigins whether pages of other origins may send this one
 */
export function refusalOf(
  { headers, rawHeaders, url = '' }: IncomingMessage,
  hosts: readonly string[] = [],
  mayCrossOrigins = false,
): string | undefined {
  if (!url.startsWith('/')) {
    return 'The request does not ask for a path.';
  }
  if (isRepeated('host', rawHeaders)) {
    return 'The request has more than one Host header.';
  }
  const host = headers.host ?? '';
  if (!isAllowed(hostnameOf(host), hosts)) {
    return `The Host header says ${JSON.stringify(host)}, which is no name of this machine's loopback interface.`;
  }
  if (mayCrossOrigins) {
    return undefined;
  }
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return `This endpoint does not serve web pages of another origin, such as ${JSON.stringify(origin)}.`;
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'none' && site !== 'same-origin') {
    return 'This endpoint does not serve what a browser sends for another site.';
  }
  return undefined;
}

/** Whether a header came more than once, of which Node shows the first alone. @param rawHeaders names and values in turns */
function isRepeated(name: string, rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const text = rawHeaders[at] ?? '';
    if (text.length === name.length && text.toLowerCase() === name) {
      count++;
    }
  }
  return count > 1;
}

/** The name in a Host header as a browser would understand it; undefined where it is none. */
function hostnameOf(host: string): string | undefined {
  // Nearly every request names one of these two, and a URL takes long to parse.
  const usual = /^(localhost|127\.0\.0\.1)(:\d{1,5})?$/.exec(host)?.[1];
  if (usual) {
    return usual;
  }
  // A URL has more parts than a host, which have no place here.
  return /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;
}

function isAllowed(hostname: string | undefined, hosts: readonly string[]): boolean {
  if (hostname === undefined) {
    return false;
  }
  if (hostname === 'localhost' || hosts.some((name) => name.toLowerCase() === hostname)) {
    return true;
  }
  return hostname.startsWith('[') ? loopback.check(hostname.slice(1, -1), 'ipv6') : loopback.check(hostname, 'ipv4');
}
