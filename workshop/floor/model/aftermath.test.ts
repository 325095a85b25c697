import { expect, test } from 'vitest';
import type { LaneInput } from './input.ts';
import {
  acknowledged,
  arrived,
  busy,
  ended,
  event,
  inMemory,
  message,
  stored,
  withQueue,
} from './lane-model.fixture.ts';
import { LaneModel } from './lane-model.ts';

function modelAfter(resources: typeof withQueue, ...inputs: readonly LaneInput[]): LaneModel {
  const model = new LaneModel(resources);
  for (const input of inputs) {
    model.apply(input);
  }
  return model;
}

const inDrawer = (customer: number, environment: string) => [
  busy('order', environment, `r${customer}`),
  arrived(customer),
  acknowledged(customer, `o${customer}`, { bakedAt: '2026-11-23T10:00:00Z', requestId: `r${customer}` }),
];
const baking = (id: string) => [stored(id), message('sent', `m-${id}`), message('received', `m-${id}`)];

test('nothing is said while nothing ended', () => {
  expect(modelAfter(inMemory, ...inDrawer(1, 'booth')).outcome).toBe('');
});

test('what was in memory alone is lost, and that is said at once', () => {
  const model = modelAfter(inMemory, ...inDrawer(1, 'booth-1'), ...inDrawer(2, 'booth-2'), ended('order', 'booth-1'));
  expect(model.outcome).toBe(
    'A process was killed. One order was in memory and nowhere else, so nobody finds it again.',
  );
  model.apply(ended('order', 'booth-2'));
  expect(model.outcome).toBe(
    '2 processes were killed. 2 orders were in memory and nowhere else, so nobody finds them again.',
  );
});

test('a tidy end loses what is in memory, too, and is no news where a table has it', () => {
  const tidy = event({ type: 'environment.ended', function: 'order', environment: 'booth', reason: 'shutDown' });
  expect(modelAfter(inMemory, ...inDrawer(1, 'booth'), tidy).outcome).toMatch(
    /^A process ended\. One order was in memory/,
  );
  expect(modelAfter(withQueue, ...inDrawer(1, 'booth'), tidy).outcome).toBe('');
});

test('who meets another process loses an order without any process that ended', () => {
  const model = modelAfter(inMemory, ...inDrawer(1, 'booth'), { type: 'lost', orderId: 'o1' });
  expect(model.outcome).toMatch(/^An order is in the memory of one process\./);
});

test('where a table has the orders, none is lost with a process', () => {
  const onlyTable = { ...withQueue, queue: undefined, deadLetterQueue: undefined };
  const model = modelAfter(onlyTable, ...inDrawer(1, 'booth'), ended('order', 'booth'));
  expect(model.outcome).toBe('A process was killed. All orders are in the table, so none is lost.');
});

test('what a baker had in hand is with the queue, comes back, and is baked by another one', () => {
  const model = modelAfter(withQueue, ...baking('a'), ...baking('b'), busy('bake', 'oven-1'), ended('bake', 'oven-1'));
  expect(model.outcome).toBe(
    'A baker was killed with 2 orders in hand. The queue keeps them, and hands them out again in 60 s. None is lost.',
  );
  model.apply({ type: 'tick', time: 49_500 });
  expect(model.outcome).toContain('in 12 s.');
  model.apply(message('returned', 'm-a', { reason: 'timeoutEnded' }));
  model.apply(message('returned', 'm-b', { reason: 'timeoutEnded' }));
  expect(model.outcome).toMatch(/The queue hands them out again\. None is lost\.$/);
  for (const id of ['m-a', 'm-b']) {
    model.apply(message('received', id, { receiveCount: 2 }));
    model.apply(message('deleted', id, { reason: 'deleted' }));
  }
  expect(model.outcome).toBe(
    'A baker was killed with 2 orders in hand. The queue handed them out again, and another baker baked them. None is lost.',
  );
});

test('what a baker was done with before is not in its hands, though its messages are not deleted yet', () => {
  const first = [...baking('a'), ...baking('b'), busy('bake', 'oven-1')];
  const model = modelAfter(withQueue, ...first, ...baking('c'), busy('bake', 'oven-1'), ended('bake', 'oven-1'));
  expect(model.outcome).toMatch(/^A baker was killed with one order in hand\. The queue keeps it/);
});

test('a baker that had nothing to do is told so', () => {
  const model = modelAfter(withQueue, busy('bake', 'oven'), ended('bake', 'oven'));
  expect(model.outcome).toBe('A baker was killed with no order in hand. None is lost.');
});

test('a later kill begins a new sentence', () => {
  const model = modelAfter(withQueue, busy('bake', 'oven'), ended('bake', 'oven'), busy('bake', 'oven-2'));
  model.apply(event({ type: 'environment.ended', function: 'bake', environment: 'oven-2', reason: 'killed' }, 60_000));
  expect(model.outcome).toMatch(/^A baker was killed with no order/);
});
