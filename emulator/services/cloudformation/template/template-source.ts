import { validationError } from '../errors.ts';
import { assertBodySize, assertObjectSize } from './template-limits.ts';

/** Where a request says that its template is. */
export interface TemplateSource {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
}

/** Reads an object of S3. */
export type GetObject = (bucket: string, key: string) => Promise<Uint8Array>;

/** The text of a template: given, kept in S3, or the one that the stack has already. */
export async function templateText(
  { TemplateBody, TemplateURL, UsePreviousTemplate }: TemplateSource,
  previous: string | undefined,
  endpoint: string,
  getObject: GetObject,
): Promise<string> {
  if (TemplateBody) {
    assertBodySize(TemplateBody);
    return TemplateBody;
  }
  if (TemplateURL) {
    return fetchTemplate(TemplateURL, endpoint, getObject);
  }
  if (UsePreviousTemplate && previous !== undefined) {
    return previous;
  }
  throw validationError('Either Template URL or Template Body must be specified.');
}

async function fetchTemplate(url: string, endpoint: string, getObject: GetObject): Promise<string> {
  const place = objectOf(url, endpoint);
  if (!place) {
    throw validationError('TemplateURL must be a supported URL.');
  }
  const object = await getObject(place.bucket, place.key).catch((error: Error) => {
    throw validationError(`S3 error: ${error.message} (${url})`);
  });
  assertObjectSize(object);
  return Buffer.from(object).toString();
}

/**
 * The object that a URL names: `http://endpoint/bucket/key` on this endpoint (on whatever loopback port: a client may see it
 * through another), and the path-style and virtual-hosted-style forms of S3's own host names, of whatever region. Undefined
 * for any other host, and where the path has a bad percent-encoding.
 */
export function objectOf(url: string, endpoint: string): { readonly bucket: string; readonly key: string } | undefined {
  if (!URL.canParse(url)) {
    return undefined;
  }
  const { hostname, pathname } = new URL(url);
  const path = decoded(pathname)?.slice(1);
  if (path === undefined) {
    return undefined;
  }
  const domain = domains.find((name) => hostname.endsWith(name));
  const labels = domain ? hostname.slice(0, -domain.length).split('.') : [];
  const service = labels.findLastIndex((label) => label === 's3' || label.startsWith('s3-'));
  if (service > 0) {
    return { bucket: labels.slice(0, service).join('.'), key: path };
  }
  const isS3 = service === 0;
  const isOwn = loopback.has(hostname) || hostname === new URL(endpoint).hostname;
  const [, bucket, key] = /^([^/]+)\/(.+)$/.exec(path) ?? [];
  return (isS3 || isOwn) && bucket && key ? { bucket, key } : undefined;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const domains = ['.amazonaws.com', '.amazonaws.com.cn'];

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
