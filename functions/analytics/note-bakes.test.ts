import { beforeEach, expect, test } from 'vitest';
import { orderBaked } from '../domain/journal.ts';
import { JournalInMemory, SatisfactionInMemory } from '../domain/kitchen.fixture.ts';
import { telemetryInMemory } from '../runtime/telemetry.fixture.ts';
import { type NoteBakesDependencies, noteBakes } from './note-bakes.ts';
import { readNotice } from './schema.ts';

const items = [{ recipe: 'sabayon', quantity: 2 }];

/** A line as the logger writes it. */
const said = (facts: object) => JSON.stringify({ level: 'INFO', timestamp: '2026-11-23T08:00:00.000Z', ...facts });
const bakedLine = (orderId: string) =>
  said({ message: 'OrderBaked', orderId, items, cookies: 2, bakeMs: 20, waitMs: 90 });

/** An order as the kitchen bakes it. */
const baking = { orderId: 'a', placedAt: '2026-11-23T08:00:00.000Z', bakedAt: '2026-11-23T08:00:00.090Z', items };

let satisfaction: SatisfactionInMemory;
let journal: JournalInMemory;
let dependencies: NoteBakesDependencies;

beforeEach(() => {
  satisfaction = new SatisfactionInMemory();
  journal = new JournalInMemory();
  dependencies = { satisfaction, journal };
});

test('what the kitchen says is understood as it is written', () => {
  const { journal: kitchen, lines } = telemetryInMemory();
  kitchen.record(orderBaked(baking, 20));
  const [line] = lines;
  expect(readNotice({ id: '1', message: JSON.stringify(line) })).toEqual({
    eventId: 'OrderBaked a 2026-11-23T08:00:00.000Z',
    orderId: 'a',
    items,
    bakedAt: '2026-11-23T08:00:00.090Z',
    waitMs: 90,
  });
});

test('a bake that is said again, in another line and at another time, is one bake', async () => {
  const lines = [orderBaked(baking, 20), { ...orderBaked(baking, 7), again: true }].map(
    ({ event, ...facts }, index) => ({
      id: String(index),
      message: said({ ...facts, message: event, timestamp: `2026-11-23T0${8 + index}:00:00.000Z` }),
    }),
  );
  for (const line of lines) {
    await noteBakes([line], dependencies);
  }
  expect([...satisfaction.notices.values()]).toEqual([
    expect.objectContaining({ orderId: 'a', bakedAt: '2026-11-23T08:00:00.090Z' }),
  ]);
});

test('lines become notices, and those that are none are counted and cost nothing', async () => {
  const lines = ['{', bakedLine('a'), said({ message: 'OrderPlaced', orderId: 'b' }), bakedLine('c')];
  await noteBakes(
    lines.map((message, index) => ({ id: String(index), message })),
    dependencies,
  );
  expect([...satisfaction.notices.values()].map(({ eventId, orderId }) => [eventId, orderId])).toEqual([
    ['1', 'a'],
    ['3', 'c'],
  ]);
  expect(journal.events).toEqual([{ event: 'BakesNoted', noted: 2, skipped: 2 }]);
});

test('lines that come twice are noted once', async () => {
  const lines = [{ id: '1', message: bakedLine('a') }];
  await noteBakes(lines, dependencies);
  await noteBakes(lines, dependencies);
  expect(satisfaction.notices.size).toBe(1);
});

test('a satisfaction that cannot be written fails the lines, and nothing is said to be noted', async () => {
  const broken = { ...dependencies, satisfaction: { keep: () => Promise.reject(new Error('no ink')) } };
  await expect(noteBakes([{ id: '1', message: bakedLine('a') }], broken)).rejects.toThrow('no ink');
  expect(journal.events).toEqual([]);
});

test.each([
  ['with an offset, as a logger in another time zone writes it', '2026-11-23T01:00:00.000+02:00'],
  ['in UTC by an offset', '2026-11-22T23:00:00.000+00:00'],
])('a time %s is one in UTC', (_, timestamp) => {
  const message = said({ message: 'OrderBaked', timestamp, orderId: 'a', items, waitMs: 90 });
  expect(readNotice({ id: '1', message })).toMatchObject({ bakedAt: '2026-11-22T23:00:00.000Z' });
});

const baked = { message: 'OrderBaked', orderId: 'a', items, waitMs: 90 };

test.each([
  ['nothing', ''],
  ['no JSON', 'START RequestId: a9c1e6d2 Version: 1'],
  ['a number', '4711'],
  ['null', 'null'],
  ['a list', '[]'],
  ['another event', said({ ...baked, message: 'OrderPlaced' })],
  ['a metric', JSON.stringify({ _aws: {}, OrdersBaked: 1 })],
  ['no order', said({ ...baked, orderId: undefined })],
  ['no items', said({ ...baked, items: [] })],
  ['no recipe', said({ ...baked, items: [{ quantity: 1 }] })],
  ['too many cookies', said({ ...baked, items: [{ recipe: 'sabayon', quantity: 101 }] })],
  ['no wait', said({ ...baked, waitMs: null })],
  ['a time that is none', said({ ...baked, timestamp: 'noon' })],
])('%s is no notice', (_, message) => {
  expect(readNotice({ id: '1', message })).toBeUndefined();
});
