import type { Emulator } from '../emulator/index.ts';
import { endpointUrl, LOCAL_ACCESS_KEYS } from './aws-environment.ts';
import { UserError } from './command-line.ts';

/** An endpoint to work with, and how to leave it: one that we started is stopped, one that we found is left alone. */
export interface Endpoint {
  readonly url: string;
  /** What answers there, for a person to read. */
  readonly kind: string;
  readonly startedHere: boolean;
  close(): Promise<void>;
}

/** The health paths by which endpoints are recognised, ours first. */
const HEALTH_PATHS = [
  { path: '/_emulator/health', kind: 'the embedded AWS' },
  { path: '/_localstack/health', kind: 'LocalStack or one that answers like it' },
] as const;

const ANSWER_WITHIN_MS = 3_000;

/** What serves at a URL: its kind, `unknown` for a server that is no endpoint we know, undefined where nothing listens. */
export async function recognise(url: string): Promise<string | undefined> {
  for (const { path, kind } of HEALTH_PATHS) {
    const answer = await probe(new URL(path, url));
    if (answer === undefined) return undefined;
    if (answer) return kind;
  }
  return 'unknown';
}

async function probe(url: URL): Promise<boolean | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw new UserError(`${url.origin} took the connection but did not answer within ${ANSWER_WITHIN_MS / 1000} s.`);
    }
    return undefined;
  }
}

/** The endpoint that already serves, or undefined where nothing listens. A stranger on its port is an error. */
export async function findEndpoint(url = endpointUrl()): Promise<Endpoint | undefined> {
  checkUrl(url);
  const kind = await recognise(url);
  if (kind === undefined) return undefined;
  // An endpoint that was named on purpose need not be one that we know; a stranger on the default port is no endpoint.
  if (kind === 'unknown' && !process.env['AWS_ENDPOINT_URL']) {
    throw new UserError(
      `Something that is no AWS endpoint listens at ${url}. Stop it, or set AWS_ENDPOINT_URL to another port, such as http://127.0.0.1:4567.`,
    );
  }
  return { url, kind, startedHere: false, close: async () => {} };
}

/** The endpoint that already serves; where there is none, an embedded AWS of our own on the same port. */
export async function findOrStartEndpoint(url = endpointUrl()): Promise<Endpoint> {
  const found = await findEndpoint(url);
  if (found) return found;
  const { hostname, port, protocol } = new URL(url);
  if (!isLoopback(hostname) || protocol !== 'http:') {
    throw new UserError(`Nothing answers at ${url} (AWS_ENDPOINT_URL). Start it, or unset AWS_ENDPOINT_URL.`);
  }
  const emulator = await startEmbedded({ port: Number(port || 80) });
  return { url: emulator.url, kind: 'the embedded AWS', startedHere: true, close: () => emulator.close() };
}

interface EmbeddedOptions {
  readonly port: number;
  readonly faults?: boolean;
  readonly hosts?: readonly string[];
}

/** Starts the embedded AWS on a loopback port, with a clear word where the port is taken. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Emulator> {
  const { port } = options;
  // Imported late: most commands find an endpoint that already serves.
  const { guardProcess, startEmulator } = await import('../emulator/index.ts');
  guardProcess();
  try {
    return await startEmulator({ ...options, accessKeys: LOCAL_ACCESS_KEYS });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new UserError(`Port ${port} is in use. Stop what listens there, or choose another port.`);
    }
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      throw new UserError(`Port ${port} may not be used without special rights. Choose one above 1023.`);
    }
    throw error;
  }
}

function checkUrl(url: string): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UserError(`AWS_ENDPOINT_URL is not a URL: ${url}. An example: http://127.0.0.1:4566`);
  }
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
