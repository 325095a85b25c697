import type { WireAnswer, WireRequest } from '../../wire/http.ts';
import type { Region } from '../../wire/operation.ts';
import { AwsError } from '../../wire/operation.ts';
import type { Topics } from './topics.ts';

/** How the paths begin of what a subscriber opens without a signature. */
export const pagePath = '/_emulator/sns/';

/** The URLs in what a subscriber is sent: by the one it confirms that it wants messages, by the other that it wants no more. */
export const confirmUrl = (region: Region, TopicArn: string, Token: string): string =>
  urlOf(region, 'confirm', { TopicArn, Token });
export const unsubscribeUrl = (region: Region, SubscriptionArn: string): string =>
  urlOf(region, 'unsubscribe', { SubscriptionArn });

const urlOf = ({ endpoint, name }: Region, action: string, query: Record<string, string>): string =>
  `${endpoint}${pagePath}${action}?${new URLSearchParams({ Region: name, ...query })}`;

/** Answers who opens such a URL. */
export function subscriberPage(topics: Topics, { path, query }: WireRequest): WireAnswer {
  if (path === `${pagePath}confirm`) {
    return plain(asCall(() => topics.confirm(query.get('TopicArn') ?? '', query.get('Token') ?? '').arn));
  }
  if (path === `${pagePath}unsubscribe`) {
    topics.unsubscribe(query.get('SubscriptionArn') ?? '');
    return plain('Subscription removed');
  }
  throw new AwsError('NotFound', `There is no ${path}.`, 404);
}

const plain = (body: string): WireAnswer => ({ status: 200, headers: { 'content-type': 'text/plain' }, body });

function asCall<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw new AwsError((error as Error).name, (error as Error).message);
  }
}
