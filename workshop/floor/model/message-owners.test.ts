import { expect, test } from 'vitest';
import { acknowledged, arrived, busy, ended, message, stored, withQueue } from './lane-model.fixture.ts';
import { LaneModel } from './lane-model.ts';

/** Three orders, whose messages were sent in another order than they were stored. */
function mixedUp(): LaneModel {
  const model = new LaneModel(withQueue);
  const orders = ['a', 'b', 'c'];
  for (const [at, order] of orders.entries()) {
    model.apply(arrived(at + 1));
    model.apply(stored(order));
    model.apply(acknowledged(at + 1, order));
  }
  for (const order of ['c', 'a', 'b']) {
    model.apply(message('sent', `of-${order}`));
  }
  return model;
}

const placesIn = (model: LaneModel) => model.everything().map(({ place, isBaked }) => (isBaked ? 'baked' : place));
const seen = (orderId: string, bakedAt: string | undefined, asked: number) =>
  ({ type: 'seen', orderId, bakedAt, asked, time: asked }) as const;
const bakedAt = '2026-11-23T10:00:00Z';

test('two messages that were mixed up are put right when one order is seen baked', () => {
  const model = new LaneModel(withQueue);
  for (const input of [arrived(1), arrived(2), stored('a'), stored('b'), message('sent', 'of-b')]) {
    model.apply(input);
  }
  for (const input of [message('sent', 'of-a'), acknowledged(1, 'a'), acknowledged(2, 'b')]) {
    model.apply(input);
  }
  model.apply(message('deleted', 'of-b', { reason: 'deleted' }));
  expect(model.everything().map(({ place }) => place)).toEqual(['shelf', 'belt']);
  model.apply({ type: 'seen', orderId: 'b', bakedAt: '2026-11-23T10:00:00Z', time: 1_000 });
  expect(model.everything().map(({ place }) => place)).toEqual(['belt', 'shelf']);
  model.apply(message('deleted', 'of-a', { reason: 'deleted' }));
  expect(model.everything().map(({ place }) => place)).toEqual(['shelf', 'shelf']);
});

test('an order that is seen unbaked after a message was done with is not that message’s', () => {
  const model = mixedUp();
  for (const id of ['of-c', 'of-a', 'of-b']) {
    model.apply(message('received', id, { receiveCount: 1 }));
  }
  model.apply(message('deleted', 'of-c', { reason: 'deleted' }));
  model.apply(message('deleted', 'of-a', { reason: 'deleted' }));
  // It was guessed: c and a are baked in truth.
  expect(placesIn(model)).toEqual(['baked', 'baked', 'oven']);
  model.apply(seen('b', undefined, 1_001));
  expect(placesIn(model)).toEqual(['baked', 'shelf', 'oven']);
  model.apply(seen('c', bakedAt, 1_002));
  expect(placesIn(model)).toEqual(['baked', 'oven', 'baked']);
});

test('an answer to a question from before says nothing', () => {
  const model = mixedUp();
  model.apply(message('deleted', 'of-c', { reason: 'deleted' }));
  model.apply(seen('a', undefined, 999));
  expect(placesIn(model)).toEqual(['baked', 'belt', 'belt']);
});

test('the orders of a baker that is killed are with the queue, whichever were taken for its own', () => {
  const model = mixedUp();
  for (const id of ['of-c', 'of-a']) {
    model.apply(message('received', id, { receiveCount: 1 }));
  }
  model.apply(busy('bake', 'oven-1'));
  model.apply(ended('bake', 'oven-1'));
  model.apply(message('received', 'of-b', { receiveCount: 1 }));
  model.apply(busy('bake', 'oven-2'));
  model.apply(message('deleted', 'of-b', { reason: 'deleted' }));
  // b is baked in truth; a and c are what the dead baker had.
  model.apply(seen('b', bakedAt, 1_001));
  model.apply(seen('c', undefined, 1_001));
  expect(placesIn(model)).toEqual(['belt', 'baked', 'belt']);
});
