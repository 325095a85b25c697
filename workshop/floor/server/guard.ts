import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../../../client/endpoint/aws-hosts.ts';

/** The header by which the page shows that it is the page. */
export const tokenHeader = 'x-floor-token';

/**
 * Why a request is not let in; undefined where it is. A browser reaches every port of its machine for whichever page it shows, so the
 * floor serves nobody but its own page: not another site, nor a name that was made to lead here (DNS rebinding).
 */
export function refusalOf({ headers }: IncomingMessage): string | undefined {
  const host = headers.host ?? '';
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) {
    return 'The Host header is none.';
  }
  if (!isLoopbackHost(new URL(`http://${host}`).hostname)) {
    return `The Host header says ${JSON.stringify(host)}, which is no name of this machine's loopback interface.`;
  }
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return `The floor does not serve pages of another origin, such as ${JSON.stringify(origin)}.`;
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'none' && site !== 'same-origin') {
    return 'The floor does not serve what a browser sends for another site.';
  }
  return undefined;
}

/** Whether a request that changes something has the token that only the page was given. */
export function hasToken({ headers }: IncomingMessage, token: string): boolean {
  const given = Buffer.from(String(headers[tokenHeader] ?? ''));
  const expected = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
