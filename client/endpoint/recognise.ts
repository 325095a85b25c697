import { z } from 'zod';
import { fetchFrom } from './http-request.ts';

/** Who serves at a URL. */
export type Recognised =
  /** An endpoint that we know, by its own word. */
  | { readonly is: 'endpoint'; readonly kind: string }
  /** Something that answers a call of AWS, and is none that we know. */
  | { readonly is: 'other endpoint'; readonly kind: string }
  /** Something that answers, and is no endpoint of AWS APIs. */
  | { readonly is: 'stranger'; readonly why: string }
  /** Something that takes connections and says nothing. */
  | { readonly is: 'silent'; readonly why: string }
  | { readonly is: 'nothing' };

/** What an endpoint of this project is called. */
export const embeddedAws = 'the embedded AWS';

/** Long enough for an endpoint that is starting up on a busy machine. */
const answersWithinMs = 15_000;

const version = z.string().regex(/\d/);

/** What endpoints say of themselves, each on a page of its own, ours first. */
const pages = [
  {
    path: '/_emulator/health',
    health: z.object({ name: z.literal('cookie-factory-emulator'), status: z.literal('running') }),
    kind: () => embeddedAws,
  },
  {
    path: '/_ministack/health',
    // LocalStack has no such page, and others that answer every page know no MiniStack of this version.
    health: z.object({ edition: z.literal('light'), version, services: z.record(z.string(), z.string()) }),
    kind: (health: { readonly version?: string }) => `MiniStack ${health.version}`,
  },
  {
    path: '/_localstack/health',
    health: z.object({ edition: z.string(), version, services: z.record(z.string(), z.string()) }),
    kind: (health: { readonly version?: string }) => `LocalStack ${health.version}`,
  },
] as const;

/** A call that every endpoint of AWS APIs answers, or refuses, in the words of AWS (STS API Reference). */
const whoAmI = {
  method: 'POST',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    authorization:
      'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0',
  },
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
} as const;

/** Asks who serves at an origin. What it answers decides, and not that it answers. */
export async function recognise(origin: string): Promise<Recognised> {
  let why = '';
  for (const { path, health, kind } of pages) {
    const said = await ask(new URL(path, origin));
    if ('is' in said) {
      return said;
    }
    const known = health.safeParse(jsonIn(said.text));
    if (known.success) {
      return { is: 'endpoint', kind: kind(known.data as object) };
    }
    why = said.contentType.split(';', 1)[0] ?? '';
  }
  const said = await ask(new URL('/', origin), whoAmI);
  if ('is' in said) {
    return said;
  }
  if (/<(GetCallerIdentityResult|ErrorResponse)\b/.test(said.text)) {
    return { is: 'other endpoint', kind: 'an AWS endpoint that says no name' };
  }
  return { is: 'stranger', why: why ? `it answers ${why}` : 'it answers without a content type' };
}

async function ask(
  url: URL,
  asked: Parameters<typeof fetchFrom>[1] = {},
): Promise<
  | Extract<Recognised, { is: 'stranger' | 'silent' | 'nothing' }>
  | { readonly text: string; readonly contentType: string }
> {
  const signal = AbortSignal.timeout(answersWithinMs);
  try {
    const response = await fetchFrom(url, { ...asked, signal }, url.origin);
    return { text: await response.text(), contentType: response.headers.get('content-type') ?? '' };
  } catch (error) {
    if (signal.aborted) {
      return { is: 'silent', why: `no answer within ${answersWithinMs / 1000} s` };
    }
    const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    const isNothing = /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ETIMEDOUT/.test(codesOf(cause));
    return isNothing ? { is: 'nothing' } : { is: 'stranger', why: 'it does not speak HTTP' };
  }
}

const codesOf = (cause: unknown): string =>
  cause instanceof AggregateError
    ? cause.errors.map(codesOf).join(' ')
    : String((cause as NodeJS.ErrnoException | undefined)?.code);

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
