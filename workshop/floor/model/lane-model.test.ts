import { expect, test } from 'vitest';
import type { LaneInput } from './input.ts';
import {
  acknowledged,
  arrived,
  busy,
  counts,
  ended,
  event,
  inMemory,
  message,
  stored,
  withQueue,
} from './lane-model.fixture.ts';
import { LaneModel } from './lane-model.ts';

/** The places of the things, by their ids, after each input in turn. */
function placesAfter(model: LaneModel, ...inputs: readonly LaneInput[]) {
  return inputs.map((input) => {
    model.apply(input);
    return Object.fromEntries((model.takeChanges().things ?? []).map(({ id, place }) => [id, place]));
  });
}

test('an order goes from the counter over belt and oven to the shelf, and to its customer', () => {
  const model = new LaneModel(withQueue);
  const places = placesAfter(
    model,
    arrived(1),
    stored('a'),
    message('sent', 'm1'),
    acknowledged(1, 'a'),
    message('received', 'm1', { receiveCount: 1 }),
    busy('bake', 'oven-1'),
    message('deleted', 'm1', { reason: 'deleted' }),
    { type: 'collected', orderId: 'a' },
  );
  expect(places).toEqual([
    { 1: 'counter' },
    {},
    {},
    { 1: 'belt' },
    { 1: 'oven' },
    { 1: 'oven' },
    { 1: 'shelf' },
    { 1: 'collected' },
  ]);
  expect(model.figures()).toMatchObject({ arrived: 1, acknowledged: 1, collected: 1, lost: 0 });
  expect(model.everything()).toEqual([]);
});

test('in the oven it is with the environment that took its batch', () => {
  const model = new LaneModel(withQueue);
  for (const id of [1, 2, 3]) {
    model.apply(arrived(id));
    model.apply(stored(`order-${id}`));
    model.apply(message('sent', `m${id}`));
    model.apply(acknowledged(id, `order-${id}`));
    model.apply(message('received', `m${id}`, { receiveCount: 1 }));
  }
  model.apply(busy('bake', 'oven-1'));
  model.apply(busy('bake', 'oven-2'));
  expect(model.everything().map(({ environment }) => environment)).toEqual(['oven-1', 'oven-1', 'oven-2']);
});

test('without a table an order is in the memory of who took it, and lost with it once nobody knows it', () => {
  const model = new LaneModel(inMemory);
  model.apply(busy('order', 'booth-1', 'request-1'));
  model.apply(arrived(1));
  model.apply(acknowledged(1, 'a', { bakedAt: '2026-11-23T10:00:00Z', requestId: 'request-1' }));
  expect(model.everything()).toMatchObject([{ place: 'drawer', environment: 'booth-1', isBaked: true }]);
  expect(model.ordersIn('booth-1')).toEqual(['a']);
  expect(model.environments()).toMatchObject([{ id: 'booth-1', state: 'busy', version: '3', served: 1 }]);
  model.apply(ended('order', 'booth-1'));
  // That it is lost is for its customer to say.
  expect(model.everything()).toHaveLength(1);
  model.apply({ type: 'lost', orderId: 'a' });
  expect(model.takeChanges()).toMatchObject({
    things: [{ id: 1, place: 'lost' }],
    ended: [{ id: 'booth-1', reason: 'killed' }],
  });
  expect(model.figures()).toMatchObject({ lost: 1, environments: 0 });
});

test('a refused customer goes away, and nothing is lost', () => {
  const model = new LaneModel(withQueue);
  const refused: LaneInput = { type: 'refused', customer: 1, milliseconds: 5 };
  expect(placesAfter(model, arrived(1), refused)).toEqual([{ 1: 'counter' }, { 1: 'refused' }]);
  expect(model.figures()).toMatchObject({ refused: 1, lost: 0, acknowledged: 0 });
});

test('a message that nobody can read comes back, is counted, and is set aside', () => {
  const model = new LaneModel(withQueue);
  model.apply(message('sent', 'p'));
  expect(model.everything()).toMatchObject([{ place: 'belt', isPoison: true, tries: 0 }]);
  model.apply(message('received', 'p', { receiveCount: 1 }));
  model.apply(message('returned', 'p', { reason: 'timeoutEnded' }));
  model.apply(message('received', 'p', { receiveCount: 2 }));
  expect(model.everything()).toMatchObject([{ place: 'oven', tries: 2 }]);
  const deadLetterCounts = { visible: 1, delayed: 0, inFlight: 0 };
  model.apply(message('deadLettered', 'p', { deadLetterQueue: 'dead', deadLetterCounts }));
  expect(model.everything()).toMatchObject([{ place: 'deadLetters' }]);
  expect(model.queue).toMatchObject({ returned: 1, deadLetters: 1 });
});

test('an order that says another time of baking was baked twice, and counts once', () => {
  const model = new LaneModel(withQueue);
  model.apply(arrived(1));
  model.apply(acknowledged(1, 'a'));
  for (const second of ['01', '01', '02', '03']) {
    model.apply({ type: 'seen', orderId: 'a', bakedAt: `2026-11-23T10:00:${second}Z`, time: 1_000 });
  }
  expect(model.figures().bakedTwice).toBe(1);
  expect(model.everything()).toMatchObject([{ isBakedTwice: true }]);
});

test('an order that says how often it was baked needs no second look', () => {
  const model = new LaneModel(withQueue);
  model.apply(arrived(1));
  model.apply(acknowledged(1, 'a'));
  model.apply({ type: 'seen', orderId: 'a', bakedAt: '2026-11-23T10:00:01Z', bakes: 2, time: 1_000 });
  expect(model.figures().bakedTwice).toBe(1);
});

test('an order that is stored and never queued lies on the shelf as dough', () => {
  const model = new LaneModel(withQueue);
  for (const input of [arrived(1), stored('a'), acknowledged(1, 'a')]) {
    model.apply(input);
  }
  expect(model.everything()).toMatchObject([{ place: 'shelf', isBaked: false }]);
});

test('where nothing is told, an order waits on the belt until a customer sees it baked', () => {
  const model = new LaneModel(withQueue);
  for (const input of [arrived(1), acknowledged(1, 'a')]) {
    model.apply(input);
  }
  expect(model.everything()).toMatchObject([{ place: 'belt', isBaked: false }]);
  expect(model.figures()).toMatchObject({ environments: null, bakedPerSecond: null });
  model.apply({ type: 'logged', text: 'a line' });
  expect(model.takeChanges().lines).toEqual([{ environment: '', text: 'a line' }]);
  model.apply({ type: 'seen', orderId: 'a', bakedAt: '2026-11-23T10:00:00Z', time: 2_000 });
  expect(model.everything()).toMatchObject([{ place: 'shelf', isBaked: true }]);
});

test('a message that comes long after is not of an order that was never queued, unless cleanup says so', () => {
  const model = new LaneModel(withQueue);
  for (const input of [arrived(1), stored('a', 1_000), acknowledged(1, 'a')]) {
    model.apply(input);
  }
  const late = (messageId: string) => event({ type: 'message.sent', queue: 'bake-queue', messageId, counts }, 60_000);
  model.apply(late('poison'));
  expect(model.everything()).toMatchObject([
    { id: 1, place: 'shelf', isBaked: false },
    { place: 'belt', isPoison: true },
  ]);
  model.apply(late('requeued'));
  const again = { type: 'item.written', table: 'orders', key: { orderId: 'a' }, items: 1, created: false };
  model.apply(event(again, 60_001));
  expect(model.everything()).toMatchObject([
    { id: 1, place: 'belt', isPoison: false },
    { place: 'belt', isPoison: true },
  ]);
});

test('what somebody else ordered is on the floor too, and leaves it when it is baked', () => {
  const model = new LaneModel(withQueue);
  model.apply(stored('a', 1_000));
  model.apply(message('sent', 'm'));
  model.apply({ type: 'tick', time: 2_000 });
  expect(model.everything()).toEqual([]);
  model.apply({ type: 'tick', time: 3_000 });
  expect(model.everything()).toMatchObject([{ place: 'belt', isPoison: false }]);
  model.apply(message('deleted', 'm', { reason: 'deleted' }));
  expect(model.everything()).toMatchObject([{ place: 'shelf' }]);
  model.apply({ type: 'tick', time: 60_000 });
  expect(model.everything()).toEqual([]);
});

test('a redriven message is of the order that it was of', () => {
  const model = new LaneModel(withQueue);
  for (const input of [arrived(1), stored('a'), message('sent', 'm1'), acknowledged(1, 'a')]) {
    model.apply(input);
  }
  model.apply(message('deadLettered', 'm1', { deadLetterQueue: 'dead', deadLetterCounts: counts }));
  model.apply(event({ type: 'message.deleted', queue: 'dead', messageId: 'm1', counts, reason: 'redriven' }));
  model.apply(message('sent', 'm2'));
  expect(model.everything()).toMatchObject([{ id: 1, place: 'belt', isPoison: false }]);
});

test('events of another factory change nothing', () => {
  const model = new LaneModel(withQueue);
  const others = [
    event({ type: 'environment.started', function: 'theirs', version: '1', environment: 'x' }),
    event({ type: 'message.sent', queue: 'theirs', messageId: 'm', counts }),
    event({ type: 'item.written', table: 'theirs', key: { orderId: 'z' }, items: 1, created: true }),
    event({ type: 'log.line', group: '/aws/lambda/theirs', stream: 's', message: 'hello' }),
    event({ type: 'oven.heated', degrees: 200 }),
  ];
  for (const input of others) {
    model.apply(input);
  }
  expect(model.takeChanges()).toEqual({});
  expect(model.environments()).toEqual([]);
  expect(model.figures()).toMatchObject({ arrived: 0, environments: 0, bakedPerSecond: 0, costPerThousand: null });
});

test('a snapshot sets what is there, and an environment that is not in it has ended', () => {
  const model = new LaneModel(withQueue);
  model.apply(busy('bake', 'gone'));
  const environments = [{ id: 'new', version: '4', state: 'idle' as const }];
  const region = { name: 'eu-west-1', rules: [], stacks: [] };
  const functions = [{ name: 'bake', environments }];
  const queues = [
    { name: 'bake-queue', counts: { visible: 7, delayed: 1, inFlight: 2 } },
    { name: 'dead', counts: { visible: 3, delayed: 0, inFlight: 0 } },
  ];
  const tables = [{ name: 'orders', items: 40 }];
  const snapshot = { version: 1 as const, time: 5, regions: [{ ...region, functions, queues, tables }] };
  model.apply({ type: 'present', snapshot });
  expect(model.environments()).toMatchObject([{ id: 'new', role: 'baker', state: 'idle' }]);
  expect(model.queue).toMatchObject({ waiting: 8, inFlight: 2, deadLetters: 3 });
  expect(model.stored).toBe(40);
  expect(model.takeChanges().ended).toEqual([{ id: 'gone', reason: 'unknown' }]);
});

test('figures: how fast, how many, at which cost', () => {
  const model = new LaneModel(withQueue);
  for (let customer = 0; customer < 100; customer += 1) {
    model.apply(arrived(customer));
    model.apply(acknowledged(customer, `order-${customer}`, { milliseconds: customer + 1 }));
    const done = { type: 'message.deleted', queue: 'bake-queue', messageId: `${customer}`, counts, reason: 'deleted' };
    model.apply(event(done, 10_000 + customer * 50));
  }
  const of = { function: 'order', version: '1', environment: 'e', requestId: 'r', coldStart: false };
  model.apply(event({ type: 'invocation.ended', ...of, durationMs: 2_000, outcome: 'success' }));
  model.apply({ type: 'tick', time: 15_000 });
  expect(model.figures()).toMatchObject({ answerP50: 50, answerP95: 95, bakedPerSecond: 20 });
  // One GB-second and one request, for a hundred orders.
  expect(model.figures().costPerThousand).toBeCloseTo((0.0000166667 + 0.0000002) * 10, 9);
});

test('it is counted how often somebody cleaned up, where somebody does', () => {
  const model = new LaneModel(withQueue);
  model.apply(busy('clean', 'broom-1'));
  model.apply(busy('clean', 'broom-1'));
  expect(model.figures().cleanings).toBe(2);
  expect(new LaneModel(inMemory).figures().cleanings).toBeNull();
});

test('a floor that is left open does not grow', { timeout: 60_000 }, () => {
  const model = new LaneModel(withQueue);
  for (let n = 0; n < 30_000; n += 1) {
    const [id, environment] = [`order-${n}`, `e-${n}`];
    for (const input of [
      arrived(n),
      busy('order', environment, `r-${n}`),
      stored(id),
      message('sent', `m-${n}`),
      acknowledged(n, id),
      message('received', `m-${n}`, { receiveCount: 1 }),
      message('deleted', `m-${n}`, { reason: 'deleted' }),
      event({ type: 'log.line', group: '/aws/lambda/order', stream: environment, message: 'x'.repeat(1_000) }),
      ended('order', environment),
      { type: 'collected', orderId: id } as const,
    ]) {
      model.apply(input);
    }
    if (n % 500 === 0) {
      model.apply({ type: 'tick', time: n });
      const { lines = [] } = model.takeChanges();
      expect(lines.length).toBeLessThanOrEqual(40);
    }
  }
  expect(model.everything()).toEqual([]);
  expect(model.environments()).toEqual([]);
  expect(model.figures()).toMatchObject({ collected: 30_000, lost: 0 });
});

test('10,000 orders at once are all on the floor, and all leave it', () => {
  const model = new LaneModel(withQueue);
  for (let n = 0; n < 10_000; n += 1) {
    model.apply(arrived(n));
  }
  for (let n = 0; n < 10_000; n += 1) {
    model.apply(stored(`o${n}`));
    model.apply(message('sent', `m${n}`));
    model.apply(acknowledged(n, `o${n}`));
  }
  expect(model.everything().filter(({ place }) => place === 'belt')).toHaveLength(10_000);
  for (let n = 0; n < 10_000; n += 1) {
    model.apply(message('deleted', `m${n}`, { reason: 'deleted' }));
    model.apply({ type: 'collected', orderId: `o${n}` });
  }
  expect(model.everything()).toEqual([]);
});
