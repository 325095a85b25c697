import { randomUUID } from 'node:crypto';
import type { CORSRule } from '@aws-sdk/client-s3';
import { failureOf } from '../../wire/failure.ts';
import type { RequestHead, WireAnswer } from '../../wire/http.ts';
import { restXml } from '../../wire/protocols/rest-xml.ts';
import { unknownService } from '../../wire/service.ts';
import type { Buckets } from './buckets.ts';
import { corsHeaders } from './cors.ts';
import { corsRefusal } from './cors-operations.ts';

/**
 * What a page of another origin may have: an answer to whether it may ask, and the object of a presigned URL, where the bucket's CORS
 * rules say so. Undefined of everything else, which is refused: with the keys that everybody knows, any page could sign any call.
 */
export function crossOrigin(buckets: Buckets, head: RequestHead) {
  const [, name = ''] = /^\/([a-z0-9.-]+)(?:\/|$)/.exec(head.path) ?? [];
  const rules = buckets.find(name)?.configuration.cors;
  if (!rules) {
    return undefined;
  }
  const { origin = '', 'access-control-request-method': asked } = head.headers;
  if (head.method === 'OPTIONS' && asked !== undefined) {
    return { headers: {}, preflight: preflight(rules, origin, asked, head) };
  }
  const headers = corsHeaders(rules, { origin, method: head.method, headers: [] });
  // A header would be believed before the query is, and may be signed for any service.
  const isPresigned = head.query.has('X-Amz-Signature') && head.headers.authorization === undefined;
  return headers && isPresigned ? { headers } : undefined;
}

function preflight(rules: readonly CORSRule[], origin: string, method: string, head: RequestHead): WireAnswer {
  const headers = (head.headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
  const allowed = corsHeaders(rules, { origin, method, headers });
  if (allowed) {
    return { status: 200, headers: allowed, body: '' };
  }
  const model = unknownService('s3');
  return restXml.fail(failureOf(corsRefusal(), model, 's3'), model, randomUUID());
}
