import { pager } from '../../wire/page.ts';
import { invalidParameter, invalidValue } from './errors.ts';
import type { Queue } from './queue/queue.ts';

const page = pager({
  limit: 'MaxResults',
  token: 'NextToken',
  next: 'NextToken',
  most: 1000,
  sorted: true,
  badLimit: (limit) => invalidValue('MaxResults', limit, 'MaxResults must be an integer between 1 and 1000.'),
  badToken: () => invalidParameter('Invalid or expired next token.'),
});

/** One page of queues. There is a next one only where a page size was asked for. @throws InvalidParameterValue */
export function pageOf(queues: readonly Queue[], request: Parameters<typeof page>[2]) {
  const { items, ...next } = page(queues, ({ name }) => name, request);
  return { items, ...(request.MaxResults !== undefined && next) };
}
