import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventSequence, inOrder, type LogEvent } from './event-sequence.ts';

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ add: fc.integer({ min: 0, max: 50 }) }) },
    { weight: 2, arbitrary: fc.constant({ drop: true }) },
  ),
  { maxLength: 200 },
);

test('whatever the order they arrive in, events are in order, and the first is dropped first', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 50 }), (all, timestamp) => {
      const sequence = new EventSequence();
      let expected: LogEvent[] = [];
      for (const [arrival, step] of all.entries()) {
        if ('add' in step) {
          const event = { timestamp: step.add, ingestionTime: 0, message: 'm', stream: 's', arrival };
          sequence.add(event);
          expected = [...expected, event].sort(inOrder);
        } else if (expected.length > 0) {
          sequence.dropFirst();
          expected = expected.slice(1);
        }
      }
      expect(sequence.slice(0, sequence.length)).toEqual(expected);
      expect(sequence.first).toBe(expected[0]);
      expect(sequence.last).toBe(expected.at(-1));
      const before = expected.filter((event) => event.timestamp < timestamp).length;
      expect(sequence.indexOf({ timestamp, arrival: -1 })).toBe(before);
    }),
  );
});

test('events that are added together are where they are when they are added one by one', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat({ max: 20 }), { maxLength: 10 })), fc.nat({ max: 5 }), (batches, drops) => {
      const together = new EventSequence();
      const single = new EventSequence();
      let arrival = 0;
      for (const times of batches) {
        const batch = times
          .sort((a, b) => a - b)
          .map((timestamp) => ({ timestamp, ingestionTime: 0, message: 'm', stream: 's', arrival: arrival++ }));
        together.addAll(batch);
        for (const event of batch) {
          single.add(event);
        }
        for (let i = 0; i < Math.min(drops, single.length); i++) {
          for (const one of [together, single]) {
            one.dropFirst();
          }
        }
      }
      expect(together.slice(0, together.length)).toEqual(single.slice(0, single.length));
    }),
  );
});

test('what was dropped is given back to memory, and the order survives it', () => {
  const sequence = new EventSequence();
  for (let i = 0; i < 5000; i++) {
    sequence.add({ timestamp: i, ingestionTime: 0, message: 'm', stream: i % 2 ? 'odd' : 'even', arrival: i });
  }
  for (let i = 0; i < 4000; i++) {
    sequence.dropFirst();
  }
  expect(sequence.length).toBe(1000);
  expect(sequence.first?.timestamp).toBe(4000);
  sequence.removeStream('odd');
  expect(sequence.length).toBe(500);
  expect(sequence.at(1)?.timestamp).toBe(4002);
});
