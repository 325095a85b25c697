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

/** What a health page says, of which nothing is known. */
type Health = Readonly<Record<string, unknown>>;

interface HealthPage {
  readonly path: string;
  /** What the endpoint is called; undefined where the page is not its. */
  readonly kind: (health: Health) => string | undefined;
}

/**
 * What endpoints say of themselves, each on a page of its own, ours first. Checked by hand: every command that asks an endpoint does
 * so, and would load a library for it.
 */
const pages: readonly HealthPage[] = [
  {
    path: '/_emulator/health',
    kind: ({ name, status }) => (name === 'cookie-factory-emulator' && status === 'running' ? embeddedAws : undefined),
  },
  {
    path: '/_ministack/health',
    // LocalStack has no such page, and others that answer every page know no MiniStack of this version.
    kind: (health) =>
      health['edition'] === 'light' && hasServices(health) ? `MiniStack ${health['version']}` : undefined,
  },
  {
    path: '/_localstack/health',
    kind: (health) =>
      typeof health['edition'] === 'string' && hasServices(health) ? `LocalStack ${health['version']}` : undefined,
  },
];

const hasServices = ({ version, services }: Health): boolean =>
  typeof version === 'string' &&
  /\d/.test(version) &&
  isObject(services) &&
  Object.values(services).every((state) => typeof state === 'string');

const isObject = (value: unknown): value is Health =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
  for (const { path, kind } of pages) {
    const said = await ask(new URL(path, origin));
    if ('is' in said) {
      return said;
    }
    const health = jsonIn(said.text);
    const known = isObject(health) ? kind(health) : undefined;
    if (known !== undefined) {
      return { is: 'endpoint', kind: known };
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
