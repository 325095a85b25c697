import type { ActivityEvent } from 'embedded-aws';
import type { LaneInput, LaneResources } from './input.ts';

export const withQueue: LaneResources = {
  functions: { order: 'counter', bake: 'baker', clean: 'other' },
  memory: { order: 512, bake: 512 },
  queue: 'bake-queue',
  visibilityTimeoutMs: 60_000,
  deadLetterQueue: 'dead',
  orderTable: 'orders',
  tables: ['orders'],
  cleanup: 'clean',
};
export const inMemory: LaneResources = {
  ...{ functions: { order: 'counter' }, memory: { order: 512 }, tables: [], visibilityTimeoutMs: 0 },
  ...{ queue: undefined, deadLetterQueue: undefined, orderTable: undefined, cleanup: undefined },
};
export const counts = { visible: 1, delayed: 0, inFlight: 0 };

/** An event of the endpoint, as far as it matters. */
export const event = (told: object, time = 1_000): LaneInput => ({
  type: 'event',
  event: { id: 'r-1', time, region: 'eu-west-1', ...told } as unknown as ActivityEvent,
});
export const message = (what: string, messageId: string, more: object = {}) =>
  event({ type: `message.${what}`, queue: 'bake-queue', messageId, counts, ...more });
export const stored = (orderId: string, time?: number) =>
  event({ type: 'item.written', table: 'orders', key: { orderId }, items: 1, created: true }, time);
export const busy = (name: string, environment: string, requestId = 'r') =>
  event({ type: 'environment.busy', function: name, version: '3', environment, requestId });
export const ended = (name: string, environment: string) =>
  event({ type: 'environment.ended', function: name, version: '3', environment, reason: 'killed', detail: '' });
export const arrived = (customer: number): LaneInput => ({ type: 'arrived', customer, recipe: 'raisin' });
export const acknowledged = (customer: number, orderId: string, more: object = {}): LaneInput => ({
  ...{ type: 'acknowledged', customer, orderId, bakedAt: undefined, requestId: undefined, milliseconds: 20 },
  ...{ time: 1_000, ...more },
});
