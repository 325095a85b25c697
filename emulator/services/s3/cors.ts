import type { CORSRule } from '@aws-sdk/client-s3';
import { matchesWildcard } from '../../wire/wildcard.ts';

/** What a page of another origin asks for. */
export interface CorsRequest {
  readonly origin: string;
  readonly method: string;
  /** The headers that the page would send, in lower case; asked for before the request itself. */
  readonly headers: readonly string[];
}

/**
 * The headers by which a browser lets a page of another origin have an answer; undefined where no rule does. The first rule that fits
 * decides. Source: Amazon S3 User Guide, "Elements of a CORS configuration".
 */
export function corsHeaders(rules: readonly CORSRule[], request: CorsRequest): Record<string, string> | undefined {
  const rule = rules.find((one) => allows(one, request));
  if (!rule) {
    return undefined;
  }
  const { AllowedMethods = [], AllowedOrigins = [], ExposeHeaders = [], MaxAgeSeconds } = rule;
  const isForAll = AllowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : request.origin,
    'access-control-allow-methods': AllowedMethods.join(', '),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    ...(!isForAll && { 'access-control-allow-credentials': 'true' }),
    ...(request.headers.length > 0 && { 'access-control-allow-headers': request.headers.join(', ') }),
    ...(ExposeHeaders.length > 0 && { 'access-control-expose-headers': ExposeHeaders.join(', ') }),
    ...(MaxAgeSeconds !== undefined && { 'access-control-max-age': String(MaxAgeSeconds) }),
  };
}

function allows(
  { AllowedHeaders = [], AllowedMethods = [], AllowedOrigins = [] }: CORSRule,
  request: CorsRequest,
): boolean {
  return (
    AllowedOrigins.some((origin) => matchesWildcard(request.origin, origin)) &&
    AllowedMethods.includes(request.method) &&
    request.headers.every((name) => AllowedHeaders.some((allowed) => matchesWildcard(name, allowed.toLowerCase())))
  );
}
