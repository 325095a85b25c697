import { AwsError } from '../../wire/operation.ts';
import { invalidParameter } from './errors.ts';
import { isObject, parsedJson } from './json.ts';

/** How long an HTTP endpoint may take to answer, in milliseconds. */
const timeoutMs = 15_000;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Holds the endpoint of an `http` or `https` subscription against the rules. @throws InvalidParameterException */
export function checkHttpEndpoint(protocol: 'http' | 'https', endpoint: string): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== `${protocol}:`) {
    throw invalidParameter('Endpoint must match the specified protocol');
  }
  if (!loopback.test(url.hostname)) {
    throw invalidParameter(`Endpoint ${endpoint} is not served by this endpoint: it sends to this machine alone`);
  }
}

/** Posts a message. Rejects where the endpoint does not answer with a success; by a client's fault that no retry mends. */
export async function post(
  endpoint: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(endpoint, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
      ...headers,
    },
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  await response.body?.cancel();
  if (response.ok) {
    return;
  }
  const isPassing = response.status >= 500 || response.status === 429;
  throw new AwsError('EndpointError', `${endpoint} answered ${response.status}`, isPassing ? 503 : 400);
}

/** The waits before each retry, in milliseconds. Source: SNS Developer Guide, "Creating a delivery policy for HTTP/S endpoints". */
export function retryDelays(subscriptionPolicy: string | undefined, topicPolicy: string): number[] {
  const own = parsedJson(subscriptionPolicy ?? '');
  const general = parsedJson(topicPolicy);
  const http = isObject(general) ? general['http'] : undefined;
  const policy = {
    ...defaults,
    ...(isObject(http) && isObject(http['defaultHealthyRetryPolicy']) && http['defaultHealthyRetryPolicy']),
    ...(isObject(own) && isObject(own['healthyRetryPolicy']) && own['healthyRetryPolicy']),
  };
  const most = Math.min(100, Number(policy.numRetries));
  const [none, least, longest] = [policy.numNoDelayRetries, policy.numMinDelayRetries, policy.numMaxDelayRetries].map(
    Number,
  ) as [number, number, number];
  const between = Math.max(0, most - none - least - longest);
  return Array.from({ length: most }, (_, n) => {
    const step = n - none - least;
    const share = n < none + least ? 0 : between > 1 ? Math.min(1, step / (between - 1)) : 1;
    const [from, to] = [Number(policy.minDelayTarget), Number(policy.maxDelayTarget)];
    return n < none ? 0 : 1000 * (from + (to - from) * share);
  });
}

const defaults = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  numMaxDelayRetries: 0,
};
