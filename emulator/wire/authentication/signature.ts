import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { RequestHead } from '../http.ts';

/**
 * AWS Signature Version 4, from the side that verifies. Source: IAM User Guide, "Create a signed AWS API request"; for
 * chunks: Amazon S3 API Reference, "Signature calculations for the Authorization header: transferring payload in multiple
 * chunks".
 */

/** What a key may sign for: the parts of a credential behind the access key. */
export interface Scope {
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export interface SigningContext {
  readonly scope: Scope;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly time: string;
  readonly key: KeyObject;
}

export const sha256 = (data: NodeJS.ArrayBufferView | string): string => hash('sha256', data, 'hex');

const hmac = (key: KeyObject | Buffer | string, data: string): Buffer =>
  createHmac('sha256', key).update(data).digest();

/** The key that signs for a scope on its day. As an object of Node's it is made ready for many signatures once. */
export function signingKey(secretAccessKey: string, { date, region, service }: Scope): KeyObject {
  return createSecretKey(hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, date), region), service), 'aws4_request'));
}

/** The signature of a request whose headers, among them the host, and payload are as they arrived. */
export function requestSignature(
  context: SigningContext,
  head: RequestHead,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const canonical = [
    head.method,
    canonicalPath(head.path, context.scope.service),
    canonicalQuery(head.search),
    ...signedHeaders.map((name) => `${name}:${canonicalValue(headerOf(head, name))}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  // Node hands over the bytes of headers as latin1; they were signed as they are.
  return sign(context, 'AWS4-HMAC-SHA256', [sha256(Buffer.from(canonical, 'latin1'))]);
}

/** A header by the name that a request gives, which may be that of something each object inherits. */
const headerOf = ({ headers }: RequestHead, name: string) => (Object.hasOwn(headers, name) ? headers[name] : undefined);

const empty = sha256('');

/** The signature of a chunk: it covers the one before it, and so the order of all. */
export const chunkSignature = (context: SigningContext, previous: string, data: Uint8Array): string =>
  sign(context, 'AWS4-HMAC-SHA256-PAYLOAD', [previous, empty, sha256(data)]);

/** The signature of the trailers behind the last chunk. */
export const trailerSignature = (context: SigningContext, previous: string, trailers: string): string =>
  sign(context, 'AWS4-HMAC-SHA256-TRAILER', [previous, sha256(Buffer.from(trailers, 'latin1'))]);

function sign({ scope, time, key }: SigningContext, algorithm: string, parts: readonly string[]): string {
  const { date, region, service } = scope;
  const text = [algorithm, time, `${date}/${region}/${service}/aws4_request`, ...parts].join('\n');
  return hmac(key, text).toString('hex');
}

/** S3 takes a key as it is; for all other services the path is cleaned of dots and encoded once more. */
function canonicalPath(path: string, service: string): string {
  if (path === '/') {
    return path;
  }
  if (service === 's3') {
    return path.split('/').map(reencode).join('/');
  }
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') {
      segments.pop();
    } else if (segment !== '' && segment !== '.') {
      segments.push(segment);
    }
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.map(encode).join('/')}${end}`;
}

function canonicalQuery(search: string): string {
  if (search === '') {
    return search;
  }
  return search
    .split('&')
    .filter(Boolean)
    .map((parameter) => {
      const [name = '', ...value] = parameter.split('=');
      return { name: reencode(name), value: reencode(value.join('=')) };
    })
    .filter(({ name }) => name !== 'X-Amz-Signature')
    .sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const canonicalValue = (value: string | readonly string[] | undefined): string =>
  (typeof value === 'object' ? value : [value ?? '']).map((text) => text.trim().replace(/ +/g, ' ')).join(',');

/** Percent-encodes all but the unreserved characters of RFC 3986. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Clients encode more or less of a text; this is the form that they sign. */
function reencode(text: string): string {
  try {
    return encode(decodeURIComponent(text));
  } catch {
    return text;
  }
}
