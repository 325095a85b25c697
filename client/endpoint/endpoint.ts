import type { Emulator } from 'embedded-aws';
import { UserError } from '../../terminal/command-line.ts';
import { endpointUrl, localAccessKeys } from './aws-environment.ts';
import { isAwsHost, isLoopbackHost } from './aws-hosts.ts';

/** An endpoint to work with, and how to leave it: one that we started is stopped, one that we found is left alone. */
export interface Endpoint {
  readonly url: string;
  /** What answers there, for a person to read. */
  readonly kind: string;
  readonly startedHere: boolean;
  close(): Promise<void>;
}

/** Imported late: what reads the answers takes longer to load than all that --help and a refusal need. */
const recognition = () => import('./recognise.ts');

/**
 * The endpoint that already serves, or undefined where nothing listens.
 * @throws UserError where a stranger has the port, or another person's AWS would be reached
 */
export async function findEndpoint(url = endpointUrl()): Promise<Endpoint | undefined> {
  checkUrl(url);
  const { origin } = new URL(url);
  const { recognise } = await recognition();
  const found = await recognise(origin);
  if (found.is === 'nothing') {
    return undefined;
  }
  if (found.is === 'silent') {
    throw new UserError(`${origin} took the connection but did not answer: ${found.why}.`);
  }
  // An endpoint that was named on purpose need not be one that we know; on the default port it may be anybody's.
  const isOthers = found.is === 'other endpoint' && !process.env['AWS_ENDPOINT_URL'];
  if (found.is === 'stranger' || isOthers) {
    const why = found.is === 'stranger' ? found.why : `${found.kind}, and AWS_ENDPOINT_URL does not name it`;
    throw new UserError(
      `What listens at ${origin} is not an AWS endpoint that this command knows (${why}). Stop it, or set AWS_ENDPOINT_URL to another port, such as http://127.0.0.1:4567.`,
    );
  }
  return { url, kind: found.kind, startedHere: false, close: async () => {} };
}

/** The endpoint that already serves. @throws UserError where nothing listens, too */
export async function servingEndpoint(url = endpointUrl()): Promise<Endpoint> {
  const found = await findEndpoint(url);
  if (!found) {
    throw new UserError(`Nothing answers at ${url}. Start the embedded AWS in another shell: npm run emulator`);
  }
  return found;
}

/** @throws UserError where nothing listens at an endpoint any more that did before, which is the reason for whatever went wrong */
export async function checkIsThere(url: string): Promise<void> {
  const { recognise } = await recognition();
  if ((await recognise(new URL(url).origin)).is !== 'nothing') {
    return;
  }
  throw new UserError(`${url} does not answer any more, so this command could not finish. Start the endpoint again.`);
}

/** The endpoint that already serves; where there is none, an embedded AWS of our own on the same port. */
export async function findOrStartEndpoint(url = endpointUrl()): Promise<Endpoint> {
  const found = await findEndpoint(url);
  if (found) {
    return found;
  }
  const { hostname, port, protocol } = new URL(url);
  if (!isLoopbackHost(hostname) || protocol !== 'http:') {
    throw new UserError(`Nothing answers at ${url} (AWS_ENDPOINT_URL). Start it, or unset AWS_ENDPOINT_URL.`);
  }
  const emulator = await startEmbedded({ port: Number(port || 80) });
  return { url: emulator.url, kind: 'the embedded AWS', startedHere: true, close: () => emulator.close() };
}

/** The endpoint that `AWS_ENDPOINT_URL` names; undefined where it names none, whoever may serve on the default port. */
export async function namedEndpoint(): Promise<Endpoint | undefined> {
  const url = process.env['AWS_ENDPOINT_URL'];
  if (!url) {
    return undefined;
  }
  const found = await findEndpoint(url);
  if (found) {
    return found;
  }
  throw new UserError(
    `Nothing answers at ${url} (AWS_ENDPOINT_URL). Start it, or unset the variable: then this command starts an endpoint of its own.`,
  );
}

interface EmbeddedOptions {
  readonly port: number;
  /** @default true */
  readonly faults?: boolean;
  readonly hosts?: readonly string[];
}

/** Starts the embedded AWS on a loopback port, with a clear word where the port is taken. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Emulator> {
  const { port } = options;
  // Imported late: most commands find an endpoint that already serves.
  const { guardProcess, startEmulator } = await import('embedded-aws');
  guardProcess();
  try {
    return await startEmulator({ ...options, accessKeys: localAccessKeys });
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

/** @throws UserError for what is no URL of an endpoint, or one of AWS itself */
export function checkUrl(url: string): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UserError(`AWS_ENDPOINT_URL is not a URL: ${url}. An example: http://127.0.0.1:4566`);
  }
  if (isAwsHost(new URL(url).hostname)) {
    throw new UserError(
      `AWS_ENDPOINT_URL is a host of AWS itself: ${url}. Unset it, or name a local endpoint. If you mean AWS: npm run cdk -- --aws`,
    );
  }
}
