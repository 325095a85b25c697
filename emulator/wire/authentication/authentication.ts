import { type KeyObject, timingSafeEqual } from 'node:crypto';
import type { AwsChunked } from '../aws-chunked.ts';
import type { RequestHead } from '../http.ts';
import type { Caller } from '../operation.ts';
import type { AccessKey, AccessKeys } from './access-keys.ts';
import * as refused from './authentication-errors.ts';
import {
  chunkSignature,
  requestSignature,
  type Scope,
  type SigningContext,
  sha256,
  signingKey,
  trailerSignature,
} from './signature.ts';

/** What a request says of its signer. Nothing of it is verified yet. */
export interface Claim {
  readonly accessKeyId: string;
  readonly scope: Scope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly time: string;
  /** Seconds for which a presigned URL holds; undefined where the header carries the signature. */
  readonly expires: number | undefined;
}

/** A caller, and how it is known that the chunks of a body are the caller's too. */
export interface Authenticated {
  readonly caller: Caller;
  /** @throws where a signed chunk is another than the one that was signed */
  verifyChunks(body: AwsChunked): void;
}

/** What the clocks may differ: "Troubleshooting Signature Version 4" says 5 minutes, S3 says 15. */
const maxSkewMs = 300_000;
const maxSkewMsS3 = 900_000;
/** Source: Amazon S3 API Reference, "Authenticating requests: using query parameters": seven days. */
const maxExpires = 604_800;

/** The service that a request says it is signed for, before anything of it is checked: it decides how refusals are written. */
export function claimedService({ headers, query }: RequestHead): string | undefined {
  const credential = /\bCredential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? query.get('X-Amz-Credential');
  return credential?.split('/').at(-2);
}

/** The claim of a request. @throws where it makes none, or one with parts missing */
export function claimOf(head: RequestHead): Claim {
  const { authorization } = head.headers;
  if (authorization) {
    return claimOfHeader(head, authorization);
  }
  if (head.query.has('X-Amz-Signature') || head.query.has('X-Amz-Credential')) {
    return claimOfQuery(head);
  }
  throw refused.missingToken();
}

function claimOfHeader(head: RequestHead, authorization: string): Claim {
  const [, algorithm = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(authorization) ?? [];
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw refused.incomplete('Only AWS4-HMAC-SHA256 signatures are accepted.');
  }
  const parts = new Map(
    rest.split(',').map((part): [string, string] => {
      const [name = '', ...value] = part.trim().split('=');
      return [name, value.join('=')];
    }),
  );
  const claim = (name: string): string => {
    const value = parts.get(name);
    if (!value) {
      throw refused.incomplete(`Authorization header requires '${name}' parameter.`);
    }
    return value;
  };
  const time = head.headers['x-amz-date'] ?? isoTime(head.headers.date);
  return {
    ...credentialOf(claim('Credential')),
    signedHeaders: claim('SignedHeaders').toLowerCase().split(';'),
    signature: claim('Signature'),
    time: String(time ?? ''),
    expires: undefined,
  };
}

/** Only objects of S3 are handed out by URL here; elsewhere a query would let anybody in who can make a browser follow a link. */
function claimOfQuery({ query, path }: RequestHead): Claim {
  const claim = (name: string): string => {
    const value = query.get(`X-Amz-${name}`);
    if (!value) {
      throw refused.incompleteQuery();
    }
    return value;
  };
  const credential = credentialOf(claim('Credential'));
  if (credential.scope.service !== 's3' || !/^\/[^/]+\/./.test(path)) {
    throw refused.missingToken();
  }
  if (claim('Algorithm') !== 'AWS4-HMAC-SHA256') {
    throw refused.incompleteQuery();
  }
  const expires = Number(claim('Expires'));
  if (!Number.isInteger(expires) || expires < 1 || expires > maxExpires) {
    throw refused.badExpires();
  }
  return {
    ...credential,
    signedHeaders: claim('SignedHeaders').toLowerCase().split(';'),
    signature: claim('Signature'),
    time: claim('Date'),
    expires,
  };
}

function credentialOf(credential: string): Pick<Claim, 'accessKeyId' | 'scope'> {
  const [end, service, region, date, ...rest] = credential.split('/').reverse();
  const accessKeyId = rest.reverse().join('/');
  if (end !== 'aws4_request' || !service || !region || !date || !accessKeyId) {
    throw refused.incomplete(
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/aws4_request.',
    );
  }
  return { accessKeyId, scope: { date, region, service } };
}

const isoTime = (date: string | undefined): string | undefined =>
  date === undefined || Number.isNaN(Date.parse(date))
    ? undefined
    : new Date(date).toISOString().replace(/[-:]|\.\d+/g, '');

/** Tells who makes a request. */
export class Authentication {
  readonly #keys: AccessKeys;
  readonly #reported = new Set<string>();
  /** By secret and scope. A key is derived by four hashes, and signs for a day. */
  readonly #signingKeys = new Map<string, KeyObject>();

  constructor(keys: AccessKeys) {
    this.#keys = keys;
  }

  /**
   * The caller that a claim is right about. A key that the endpoint does not know is taken for one of the account's root:
   * tools bring whichever keys they have. That is said once on stderr, and does not go for URLs or for browsers.
   * @param body as it came over the wire
   * @throws where the signature is another, or its time is over
   */
  authenticate(claim: Claim, head: RequestHead, body: Uint8Array): Authenticated {
    const key = this.#keys.find(claim.accessKeyId);
    if (!key) {
      return { caller: this.#unknown(claim, head), verifyChunks: () => undefined };
    }
    const { service } = claim.scope;
    checkTime(claim);
    checkSession(claim, head, key);
    if (!claim.signedHeaders.includes('host')) {
      throw refused.incomplete("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    if (hasUnsigned(head, claim)) {
      throw refused.unsignedHeaders(service);
    }
    const context = { scope: claim.scope, time: claim.time, key: this.#signingKeyOf(key, claim.scope) };
    const expected = requestSignature(context, head, claim.signedHeaders, payloadHash(claim, head, body));
    if (!equal(expected, claim.signature)) {
      throw refused.signatureMismatch(service);
    }
    const declared = String(head.headers['x-amz-content-sha256']);
    return {
      caller: key.caller,
      verifyChunks: (chunked) =>
        signedChunks.includes(declared) &&
        verifyChunks(context, claim.signature, chunked, declared.endsWith('-TRAILER')),
    };
  }

  #signingKeyOf({ secretAccessKey }: AccessKey, scope: Scope): KeyObject {
    const of = `${secretAccessKey}/${scope.date}/${scope.region}/${scope.service}`;
    const known = this.#signingKeys.get(of);
    if (known) {
      return known;
    }
    const derived = signingKey(secretAccessKey, scope);
    if (this.#signingKeys.size === maxSigningKeys) {
      this.#signingKeys.clear();
    }
    this.#signingKeys.set(of, derived);
    return derived;
  }

  #unknown({ accessKeyId, scope, expires }: Claim, { headers }: RequestHead): Caller {
    if (expires !== undefined || headers['sec-fetch-site'] !== undefined || headers.origin !== undefined) {
      throw refused.unknownKey(scope.service);
    }
    if (!this.#reported.has(accessKeyId) && this.#reported.size < maxReported) {
      this.#reported.add(accessKeyId);
      console.error(
        `The access key ${printable(accessKeyId)} is not known here: its signatures are not verified, and it counts as the account's root.`,
      );
    }
    return this.#keys.rootOf(accessKeyId);
  }
}

/** More than are in use at a time: a few services for each environment. */
const maxSigningKeys = 1000;
/** Keys beyond these are no news: they are made up. */
const maxReported = 100;

const printable = (text: string): string => JSON.stringify(text.slice(0, 128)).slice(1, -1);

function checkTime({ time, scope, expires }: Claim): void {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(at)) {
    throw refused.incomplete('A signature needs a time: X-Amz-Date as YYYYMMDDTHHMMSSZ, or Date.');
  }
  if (scope.date !== time.slice(0, 8)) {
    throw refused.otherDate(scope, time);
  }
  const now = Date.now();
  const skew = scope.service === 's3' ? maxSkewMsS3 : maxSkewMs;
  if (at - now > skew) {
    throw refused.notYet(scope.service, time);
  }
  if (expires === undefined ? now - at > skew : now - at > expires * 1000) {
    throw expires === undefined ? refused.tooOld(scope.service, time) : refused.requestExpired();
  }
}

function checkSession({ scope }: Claim, { headers, query }: RequestHead, { sessionToken, expiresAt }: AccessKey): void {
  const token = headers['x-amz-security-token'] ?? query.get('X-Amz-Security-Token') ?? undefined;
  if (token !== sessionToken) {
    throw refused.badToken(scope.service);
  }
  if (expiresAt !== undefined && expiresAt <= Date.now()) {
    throw refused.expiredToken();
  }
}

/** Whether a header that says what is to be done may have been added on the way. The session's token was checked by itself. */
function hasUnsigned({ headers }: RequestHead, { signedHeaders }: Claim): boolean {
  return Object.keys(headers).some(
    (name) => name.startsWith('x-amz-') && name !== 'x-amz-security-token' && !signedHeaders.includes(name),
  );
}

/** What was signed for the payload. S3 lets a client say that it is not, or not as a whole. */
function payloadHash({ scope, expires }: Claim, { headers, query }: RequestHead, body: Uint8Array): string {
  const inQuery = expires === undefined ? undefined : query.get('X-Amz-Content-Sha256');
  const declared = scope.service === 's3' ? (headers['x-amz-content-sha256']?.toString() ?? inQuery) : undefined;
  if (declared === undefined || declared === null) {
    return expires === undefined ? sha256(body) : 'UNSIGNED-PAYLOAD';
  }
  if (unhashed.includes(declared)) {
    return declared;
  }
  if (!/^[0-9a-f]{64}$/i.test(declared)) {
    throw refused.badContentHash(unhashed);
  }
  if (declared.toLowerCase() !== sha256(body)) {
    throw refused.otherContent();
  }
  return declared;
}

const signedChunks = ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'];
const unhashed = ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', ...signedChunks];

function verifyChunks(
  context: SigningContext,
  seed: string,
  { chunks, trailers, trailerSignature: found }: AwsChunked,
  isTrailed: boolean,
): void {
  let previous = seed;
  for (const { data, signature } of chunks) {
    const expected = chunkSignature(context, previous, data);
    if (signature === undefined || !equal(expected, signature)) {
      throw refused.signatureMismatch('s3');
    }
    previous = signature;
  }
  if (!isTrailed && trailers.size === 0) {
    return;
  }
  const signed = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('');
  if (found === undefined || !equal(trailerSignature(context, previous, signed), found)) {
    throw refused.signatureMismatch('s3');
  }
}

function equal(expected: string, found: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(found)];
  return a.length === b.length && timingSafeEqual(a, b);
}
