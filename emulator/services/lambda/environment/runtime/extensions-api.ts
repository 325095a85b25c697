import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FunctionVersion } from '../../function/function.ts';
import { ExtensionRefused, type Extensions } from './extensions.ts';

/** What a call of the Extensions API is about. */
export interface ExtensionHost {
  readonly extensions: Extensions;
  readonly version: FunctionVersion;
}

/** The most that is read of a registration, in bytes. */
const bodyLimit = 64 * 1024;

/**
 * The part of the Lambda Extensions API that internal extensions use ("Using the Lambda Extensions API to create
 * extensions"): `POST register` and `GET event/next`. Their errors are told by their exit.
 */
export async function serveExtension(
  action: string,
  host: ExtensionHost,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (action === 'register' && request.method === 'POST') {
      await register(host, request, response);
    } else if (action === 'event/next' && request.method === 'GET') {
      next(host, request, response);
    } else {
      refuse(response, 404, 'Extension.NotServed', `${request.method} ${action} is not served by this endpoint`);
    }
  } catch (error) {
    if (!(error instanceof ExtensionRefused)) {
      throw error;
    }
    refuse(response, 403, error.errorType, error.message);
  }
}

async function register(
  { extensions, version }: ExtensionHost,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const events = eventsOf(await readText(request));
  if (!events) {
    return refuse(response, 403, 'InvalidRequestFormat', 'The body must be {"events":[...]}');
  }
  const id = extensions.register(headerOf(request, 'lambda-extension-name'), events);
  const { functionName, configuration } = version;
  const body = { functionName, functionVersion: version.version, handler: configuration.handler };
  send(response, 200, body, { 'Lambda-Extension-Identifier': id });
}

function next({ extensions }: ExtensionHost, request: IncomingMessage, response: ServerResponse): void {
  const id = headerOf(request, 'lambda-extension-identifier');
  if (!id) {
    throw new ExtensionRefused('MissingHeader', 'Missing Lambda-Extension-Identifier header');
  }
  extensions.next(id, (event) => send(response, 200, event, { 'Lambda-Extension-Event-Identifier': randomUUID() }));
}

/** The events that a body names; none where it names none, undefined where it is no registration. */
function eventsOf(body: string): readonly string[] | undefined {
  try {
    const { events = [] } = body === '' ? {} : (JSON.parse(body) as { events?: unknown });
    return Array.isArray(events) && events.every((event) => typeof event === 'string') ? events : undefined;
  } catch {
    return undefined;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) {
    if (text.length < bodyLimit) {
      text += chunk;
    }
  }
  return text;
}

const headerOf = ({ headers }: IncomingMessage, name: string): string => String(headers[name] ?? '');

const refuse = (response: ServerResponse, status: number, errorType: string, errorMessage: string): void =>
  send(response, status, { errorType, errorMessage });

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': length, ...headers });
  response.end(text);
}
