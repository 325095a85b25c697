import { expect, test } from 'vitest';
import { atLeast, atMost, showFigures, shown } from './figure.ts';

test('a missed figure is called missed', () => {
  const table = showFigures([atMost('time', 3, 2, 's'), atLeast('rate', 3, 2, '/s'), shown('tail', 9, 'ms')]);
  expect(table.split('\n')).toEqual([
    'time             3 s  <= 2     MISSED',
    'rate            3 /s  >= 2     met',
    'tail            9 ms',
  ]);
});

test('what was not measured misses whatever was promised', () => {
  expect(atMost('time', Number.NaN, 2, 's').met).toBe(false);
  expect(atLeast('rate', Number.NaN, 3, '/s').met).toBe(false);
});
